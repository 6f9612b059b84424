//! How long stages take.
//!
//! In: a clock, given by the caller, since nothing below the command line reads one. Out: milliseconds by stage.
//! Timings are printed and never change what is built.

use std::time::Duration;

/// A clock that only runs forward.
pub(super) type Clock = fn() -> Duration;

/// Stages and their time, in the order they were first run.
#[derive(Clone, Debug)]
pub struct Timings {
    clock: Clock,
    stages: Vec<(&'static str, Duration)>,
}

impl Timings {
    /// Nothing measured yet.
    pub fn new(clock: Clock) -> Self {
        Self { clock, stages: Vec::new() }
    }

    /// Runs a stage; stages of the same name add up.
    pub fn stage<T>(&mut self, name: &'static str, run: impl FnOnce() -> T) -> T {
        let start = (self.clock)();
        let result = run();
        let took = (self.clock)().saturating_sub(start);
        match self.stages.iter_mut().find(|(stage, _)| *stage == name) {
            Some((_, time)) => *time += took,
            None => self.stages.push((name, took)),
        }
        result
    }

    /// Milliseconds by stage.
    pub fn milliseconds(&self) -> impl Iterator<Item = (&'static str, f64)> {
        self.stages.iter().map(|(name, time)| (*name, (time.as_secs_f64() * 100_000.0).round() / 100.0))
    }
}
