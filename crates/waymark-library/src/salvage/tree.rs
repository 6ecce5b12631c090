//! The rows of a table, read past pages that are damaged. Pure.
//!
//! A table is a tree of pages. Where a page of it cannot be read, everything below it is out of reach from the root, so
//! pages that no tree reaches are looked at one by one afterwards; see [`stray_rows`].

use std::collections::HashSet;

use super::{
    pages::{Pages, half, word},
    record::{Value, values, varint},
};

const TABLE_LEAF: u8 = 0x0d;
const TABLE_INNER: u8 = 0x05;
const INDEX_LEAF: u8 = 0x0a;
const INDEX_INNER: u8 = 0x02;
/// No text of Waymark is longer; a length beyond it is damage.
const PAYLOAD_MAX: usize = 256 << 20;

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its number; 0 in an index, and in a table without row numbers.
    pub number: i64,
    pub values: Vec<Value>,
}

/// What a tree gave.
#[derive(Debug, Default)]
pub struct Harvest {
    pub rows: Vec<Row>,
    /// Pages that were looked at and read.
    pub pages: HashSet<u32>,
    /// Pages of the tree that could not be read, and rows in pages that could.
    pub damage: u32,
}

/// All rows of the tree with this root: of a table, or of an index.
pub fn harvest(pages: &Pages, root: u32) -> Harvest {
    let mut harvest = Harvest::default();
    let mut ahead = vec![root];
    while let Some(number) = ahead.pop() {
        if !harvest.pages.insert(number) || number == 0 {
            harvest.damage += 1;
            continue;
        }
        let Some(page) = Page::read(pages, number) else {
            harvest.pages.remove(&number);
            harvest.damage += 1;
            continue;
        };
        page.visit(pages, &mut harvest, &mut ahead);
    }
    harvest
}

/// The rows of a page that no tree reached, if it is one with rows of a table.
pub fn stray_rows(pages: &Pages, number: u32) -> Vec<Row> {
    let Some(page) = Page::read(pages, number).filter(|page| page.kind == TABLE_LEAF) else { return Vec::new() };
    let mut harvest = Harvest::default();
    page.visit(pages, &mut harvest, &mut Vec::new());
    harvest.rows
}

struct Page<'a> {
    bytes: &'a [u8],
    /// Where its header begins: after the file's on page 1.
    start: usize,
    kind: u8,
    cells: usize,
}

impl<'a> Page<'a> {
    fn read(pages: &'a Pages, number: u32) -> Option<Page<'a>> {
        let bytes = pages.get(number)?.get(..pages.usable())?;
        let start = if number == 1 { 100 } else { 0 };
        let kind = *bytes.get(start)?;
        let cells = half(bytes, start + 3)?;
        let page = Page { bytes, start, kind, cells };
        let is_page = matches!(kind, TABLE_LEAF | TABLE_INNER | INDEX_LEAF | INDEX_INNER);
        (is_page && page.pointers_end() <= bytes.len()).then_some(page)
    }

    fn is_inner(&self) -> bool {
        matches!(self.kind, TABLE_INNER | INDEX_INNER)
    }

    fn header(&self) -> usize {
        self.start + if self.is_inner() { 12 } else { 8 }
    }

    fn pointers_end(&self) -> usize {
        self.header() + 2 * self.cells
    }

    fn visit(&self, pages: &Pages, harvest: &mut Harvest, ahead: &mut Vec<u32>) {
        if self.is_inner() {
            ahead.extend(word(self.bytes, self.start + 8));
        }
        for index in 0..self.cells {
            let cell = half(self.bytes, self.header() + 2 * index).filter(|at| *at >= self.pointers_end());
            let read = cell.and_then(|at| self.bytes.get(at..)).and_then(|cell| self.cell(pages, cell, ahead));
            match read {
                Some(row) => harvest.rows.extend(row),
                None => harvest.damage += 1,
            }
        }
    }

    /// A row, or nothing but the way to a page below.
    fn cell(&self, pages: &Pages, mut cell: &[u8], ahead: &mut Vec<u32>) -> Option<Option<Row>> {
        if self.is_inner() {
            ahead.push(word(cell, 0)?);
            cell = &cell[4..];
        }
        if self.kind == TABLE_INNER {
            return Some(None);
        }
        let (length, taken) = varint(cell)?;
        cell = &cell[taken..];
        let length = usize::try_from(length).ok().filter(|length| *length <= PAYLOAD_MAX)?;
        let mut number = 0;
        if self.kind == TABLE_LEAF {
            let (found, taken) = varint(cell)?;
            (number, cell) = (found, &cell[taken..]);
        }
        let record = self.payload(pages, cell, length)?;
        Some(Some(Row { number, values: values(&record)? }))
    }

    /// The bytes of a row: those in the page, and the rest in a chain of pages of its own.
    fn payload(&self, pages: &Pages, cell: &[u8], length: usize) -> Option<Vec<u8>> {
        let usable = pages.usable();
        let most = if self.kind == TABLE_LEAF { usable - 35 } else { (usable - 12) * 64 / 255 - 23 };
        if length <= most {
            return cell.get(..length).map(<[u8]>::to_vec);
        }
        let least = (usable - 12) * 32 / 255 - 23;
        let rest = least + (length - least) % (usable - 4);
        let here = if rest <= most { rest } else { least };
        let mut record = cell.get(..here)?.to_vec();
        let mut next = word(cell, here)?;
        while record.len() < length {
            let page = pages.get(next).filter(|_| next != 0)?;
            let part = (length - record.len()).min(usable - 4);
            record.extend_from_slice(page.get(4..4 + part)?);
            next = word(page, 0)?;
        }
        // The chain ends where the text does.
        (next == 0).then_some(record)
    }
}
