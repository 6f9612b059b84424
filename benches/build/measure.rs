//! Runs a program once and says what it cost.
//!
//! In: a command. Out: wall time, processor time, peak memory and what it printed. Processor time and memory are
//! read from `/proc` and absent elsewhere than on Linux.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

/// Linux counts a process's time in hundredths of a second towards programs, whatever its own clock (`USER_HZ`).
const TICKS_PER_SECOND: f64 = 100.0;
/// The kernel keeps the peak itself, so what is missed is only growth within the last such moment of the run.
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// The cost of one run.
pub(crate) struct Cost {
    /// Seconds from start to end.
    pub(crate) wall: f64,
    /// Seconds of user and system time, of all threads and of the program's own children.
    pub(crate) cpu: Option<f64>,
    /// MiB resident at the most.
    pub(crate) peak: Option<f64>,
    /// What it wrote to standard output.
    pub(crate) printed: String,
}

/// Runs the command to its end; a failed run is an error, as its time would mean nothing.
pub(crate) fn run(command: &mut Command) -> io::Result<Cost> {
    let mut output = tempfile::tempfile()?;
    let before = children_cpu();
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(output.try_clone()?).spawn()?;
    let (status_file, ended, peak) =
        (format!("/proc/{}/status", child.id()), AtomicBool::new(false), AtomicU64::new(0));
    let (status, wall) = thread::scope(|scope| {
        scope.spawn(|| {
            while !ended.load(Ordering::Relaxed) {
                if let Some(kib) = fs::read_to_string(&status_file).ok().as_deref().and_then(peak_kib) {
                    peak.fetch_max(kib, Ordering::Relaxed);
                }
                thread::sleep(LOOK_EVERY);
            }
        });
        let status = child.wait();
        let wall = start.elapsed().as_secs_f64();
        ended.store(true, Ordering::Relaxed);
        (status, wall)
    });
    let status = status?;
    if !status.success() {
        return Err(io::Error::other(format!("{command:?} ended with {status}")));
    }
    let cpu = children_cpu().zip(before).map(|(after, before)| after - before);
    let peak = Some(peak.into_inner()).filter(|kib| *kib > 0).map(|kib| kib as f64 / 1024.0);
    Ok(Cost { wall, cpu, peak, printed: read_from_start(&mut output)? })
}

fn read_from_start(file: &mut fs::File) -> io::Result<String> {
    use io::{Read, Seek};
    file.rewind()?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    Ok(text)
}

/// The line `VmHWM:     9876 kB` of `/proc/<pid>/status`.
fn peak_kib(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Seconds of processor time of all children that have ended: fields 16 and 17 of `/proc/self/stat` (proc(5)),
/// counted after the name in brackets, which may hold spaces and is field 2.
fn children_cpu() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(13);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / TICKS_PER_SECOND)
}
