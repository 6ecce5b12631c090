//! The pages of a library's file as its last commit left them, as far as they are there: the file, and over it what its
//! write-ahead log holds. Pure: bytes in, pages out. Nothing is believed that has not been checked.
//!
//! The format is SQLite's, <https://www.sqlite.org/fileformat2.html>.

use std::collections::HashMap;

const MAGIC: &[u8] = b"SQLite format 3\0";
const SIZE_DEFAULT: usize = 4096;
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// The pages, counted from 1 as SQLite does.
#[derive(Debug)]
pub struct Pages {
    file: Vec<u8>,
    /// Newer pages: where each begins in `log_bytes`.
    log: HashMap<u32, usize>,
    log_bytes: Vec<u8>,
    size: usize,
    reserved: usize,
    count: u32,
}

impl Pages {
    /// From the bytes of the file and of its log, which may be empty.
    pub fn new(file: Vec<u8>, log_bytes: Vec<u8>) -> Pages {
        let size = page_size(&file).unwrap_or(SIZE_DEFAULT);
        let reserved = if file.starts_with(MAGIC) { usize::from(file[20]) } else { 0 };
        let reserved = if size - reserved < 480 { 0 } else { reserved };
        let (log, count_in_log) = read_log(&log_bytes, size);
        let in_file = u32::try_from(file.len().div_ceil(size)).unwrap_or(u32::MAX);
        Pages { file, log, log_bytes, size, reserved, count: count_in_log.unwrap_or(0).max(in_file) }
    }

    /// How many there are.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Bytes of a page that hold content.
    pub fn usable(&self) -> usize {
        self.size - self.reserved
    }

    /// A page; `None` outside of the file, and for one that the file has lost a part of.
    pub fn get(&self, number: u32) -> Option<&[u8]> {
        if let Some(start) = self.log.get(&number) {
            return self.log_bytes.get(*start..*start + self.size);
        }
        let start = usize::try_from(number).ok()?.checked_sub(1)?.checked_mul(self.size)?;
        self.file.get(start..start.checked_add(self.size)?)
    }

    /// The pages that nothing uses: what they hold was deleted. `None` where the list of them is damaged.
    pub fn free(&self) -> Option<Vec<u32>> {
        let first = self.get(1)?;
        let (mut trunk, mut free) = (word(first, 32)?, Vec::new());
        while trunk != 0 {
            if free.len() > self.count as usize || trunk > self.count {
                return None;
            }
            let page = self.get(trunk)?;
            free.push(trunk);
            let leaves = word(page, 4)? as usize;
            for index in 0..leaves {
                free.push(word(page, 8 + 4 * index).filter(|leaf| (1..=self.count).contains(leaf))?);
            }
            trunk = word(page, 0)?;
        }
        Some(free)
    }
}

/// Four bytes as a number, the way SQLite writes them.
pub fn word(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_be_bytes)
}

/// Two bytes as a number.
pub fn half(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(|two| usize::from(u16::from_be_bytes(two)))
}

fn page_size(file: &[u8]) -> Option<usize> {
    let size = match half(file, 16)? {
        1 => 65_536,
        size => size,
    };
    (size.is_power_of_two() && (512..=65_536).contains(&size)).then_some(size)
}

/// The newest page of each number up to the last commit, and how many pages there are then. A frame whose checksum is
/// wrong is passed over: SQLite would forget everything after it.
fn read_log(log: &[u8], size: usize) -> (HashMap<u32, usize>, Option<u32>) {
    let none = (HashMap::new(), None);
    let Some(magic) = word(log, 0).filter(|magic| magic & !1 == 0x377f_0682) else { return none };
    if word(log, 8) != u32::try_from(size).ok() {
        return none;
    }
    let is_big_endian = magic & 1 == 1;
    let (Some(mut before), Some(salt)) = (pair(log, 24), pair(log, 16)) else { return none };
    let (mut committed, mut open, mut count) = (HashMap::new(), HashMap::new(), None);
    let mut at = LOG_HEADER;
    while let Some(frame) = log.get(at..at + FRAME_HEADER + size) {
        let (Some(number), Some(size_after), Some(stored)) = (word(frame, 0), word(frame, 4), pair(frame, 16)) else {
            break;
        };
        if pair(frame, 8) != Some(salt) {
            break;
        }
        let sum = checksum(is_big_endian, &frame[..8], before);
        if checksum(is_big_endian, &frame[FRAME_HEADER..], sum) == stored {
            open.insert(number, at + FRAME_HEADER);
        }
        if size_after != 0 {
            committed.extend(open.drain());
            count = Some(size_after);
        }
        before = stored;
        at += FRAME_HEADER + size;
    }
    (committed, count)
}

fn pair(bytes: &[u8], at: usize) -> Option<(u32, u32)> {
    Some((word(bytes, at)?, word(bytes, at + 4)?))
}

fn checksum(is_big_endian: bool, bytes: &[u8], (mut first, mut second): (u32, u32)) -> (u32, u32) {
    let number = |four: &[u8]| {
        let four = four.try_into().unwrap_or([0; 4]);
        if is_big_endian { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) }
    };
    for eight in bytes.chunks_exact(8) {
        first = first.wrapping_add(number(&eight[..4])).wrapping_add(second);
        second = second.wrapping_add(number(&eight[4..])).wrapping_add(first);
    }
    (first, second)
}
