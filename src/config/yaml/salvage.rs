//! Reading on after a mistake: every entry by itself.
//!
//! In: the scanner's tree of a text that the parser refuses as a whole, and the places of known mistakes. Out: values
//! as far as they can be had. Sound entries are parsed alone; what cannot be read goes on as the text it was written
//! as. Everything that is refused here is reported.

use std::collections::BTreeSet;

use super::super::value::{Data, Entry, Located};
use super::Reader;
use super::parser::Value;
use super::shape::{Node, Pair, Shape};

impl Reader<'_> {
    /// Every entry alone. `faults` are the places where mistakes were seen, in order: those entries are not parsed.
    pub(super) fn salvage(&mut self, node: &Node, faults: &[usize]) -> Located {
        let data = match &node.shape {
            Shape::Map(pairs) => {
                // Two keys may be one only once their escapes are read.
                let mut seen = BTreeSet::new();
                let mut entries: Vec<Entry> = pairs.iter().map(|pair| self.salvage_pair(pair, faults)).collect();
                entries.retain(|entry| seen.insert(entry.key.clone()));
                Data::Map(entries)
            }
            Shape::List(items) => {
                Data::List(items.iter().map(|(dash, item)| self.salvage_item(*dash, item, faults)).collect())
            }
            _ => unreadable(node, self.text),
        };
        Located { extent: self.extent(node.place.clone()), data }
    }

    fn salvage_pair(&mut self, pair: &Pair, faults: &[usize]) -> Entry {
        let start = pair.key_place.start;
        let key_extent = self.extent(pair.key_place.clone());
        if sound(start, &pair.value, faults) {
            match self.parse(start, pair.value.place.end) {
                Ok(Value::Mapping(map)) if map.len() == 1 => {
                    if let Some((key, value)) = map.iter().next() {
                        return Entry { key: self.key(key, pair), key_extent, value: self.lay(value, &pair.value) };
                    }
                }
                Err(error) if is_leaf(&pair.value) => self.refuse(&error, start),
                _ => {}
            }
        }
        Entry { key: pair.key.clone(), key_extent, value: self.salvage(&pair.value, faults) }
    }

    fn salvage_item(&mut self, dash: usize, item: &Node, faults: &[usize]) -> Located {
        if sound(dash, item, faults) {
            match self.parse(dash, item.place.end) {
                Ok(Value::Sequence(values)) if values.len() == 1 => {
                    return self.lay(&values[0], item);
                }
                Err(error) if is_leaf(item) => self.refuse(&error, dash),
                _ => {}
            }
        }
        self.salvage(item, faults)
    }
}

/// No mistake was seen in an entry that begins at `start`.
fn sound(start: usize, value: &Node, faults: &[usize]) -> bool {
    let first = faults.partition_point(|fault| *fault < start);
    value.meant.is_none() && faults.get(first).is_none_or(|fault| *fault >= value.place.end.max(start + 1))
}

fn is_leaf(node: &Node) -> bool {
    !matches!(node.shape, Shape::Map(_) | Shape::List(_))
}

/// What stands for a value that cannot be read.
fn unreadable(node: &Node, text: &str) -> Data {
    match (&node.meant, &node.shape) {
        (Some(meant), _) => Data::Text(meant.clone()),
        (None, Shape::Empty) => Data::Null,
        (None, _) => Data::Text(text[node.place.clone()].to_owned()),
    }
}
