//! A shelf of records: each under its key, in order, and what a layer takes away.
//!
//! In: records of one layer. Out: those of several layers laid over each other, each record whole from one of them.

use std::collections::{BTreeMap, BTreeSet};

/// Records by key, in the order written; and the keys that a layer removes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf<T> {
    items: Vec<T>,
    places: BTreeMap<String, usize>,
    absent: BTreeSet<String>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self { items: Vec::new(), places: BTreeMap::new(), absent: BTreeSet::new() }
    }
}

impl<T: Clone> Shelf<T> {
    /// The record of this key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.places.get(key).map(|place| &self.items[*place])
    }

    /// All records: those of the lowest layer first, each file in its own order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.items.iter()
    }

    /// Every key, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Puts a record in the place of the one that has its key, or at the end.
    pub(super) fn put(&mut self, key: String, item: T) {
        if let Some(place) = self.places.get(&key) {
            self.items[*place] = item;
        } else {
            self.places.insert(key, self.items.len());
            self.items.push(item);
        }
    }

    /// Notes that this layer removes what lower ones have under the key.
    pub(super) fn remove(&mut self, key: String) {
        self.absent.insert(key);
    }

    /// These records with those of `upper` over them.
    pub(super) fn laid_over(&self, upper: &Self) -> Self {
        let mut out = Self::default();
        let mut keys: Vec<(&String, &usize)> = self.places.iter().collect();
        keys.sort_by_key(|(_, place)| **place);
        for (key, place) in keys.into_iter().filter(|(key, _)| !upper.absent.contains(*key)) {
            out.put(key.clone(), self.items[*place].clone());
        }
        let mut keys: Vec<(&String, &usize)> = upper.places.iter().collect();
        keys.sort_by_key(|(_, place)| **place);
        for (key, place) in keys {
            out.put(key.clone(), upper.items[*place].clone());
        }
        // A third layer below is not brought back by a layer above this one.
        out.absent = self.absent.union(&upper.absent).filter(|key| !out.places.contains_key(*key)).cloned().collect();
        out
    }
}
