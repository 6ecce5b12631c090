//! A Markdown text as a person reads it: its passages, with everything that is no prose masked out, byte for byte, so that
//! a place in the mask is the place in the text.

use std::{ops::Range, sync::LazyLock};

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use regex::{Captures, Regex};

use crate::markdown;

/// Stands for something that is read as one thing and is no prose: code, an address, HTML.
pub const THING: char = '\u{1}';
/// Stands for marks that nobody reads, such as the asterisks of bold text.
pub const MARK: char = '\u{2}';

/// Template syntax, which is nobody's word.
static TEMPLATE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|\$\{[^{}\n]*\}").expect("BUG: a pattern of ours"));

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Paragraph,
    /// The first passage of a list's item.
    Item,
    Heading,
    Cell,
}

/// A stretch of text that is read in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    pub kind: Kind,
    pub range: Range<usize>,
}

/// A link's words and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkSeen {
    pub target: String,
    /// The whole link.
    pub range: Range<usize>,
    /// What is read of it.
    pub words: Range<usize>,
}

/// A text that was read.
#[derive(Debug, Default)]
pub struct Reading {
    /// As long as the text.
    pub mask: String,
    pub passages: Vec<Passage>,
    pub links: Vec<LinkSeen>,
}

impl Reading {
    /// The masked text of a passage.
    pub fn masked(&self, passage: &Passage) -> &str {
        &self.mask[passage.range.clone()]
    }
}

/// Reads a text. Front matter, code and HTML are left out.
pub fn read(text: &str) -> Reading {
    let mut reader = Reader { text, mask: vec![MARK as u8; text.len()], ..Reader::default() };
    let options = markdown::options() | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.look(&event, range);
    }
    reader.finish()
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    mask: Vec<u8>,
    passages: Vec<Passage>,
    links: Vec<LinkSeen>,
    /// Links and images that are open, and whether their words are their address.
    open_links: Vec<(bool, LinkSeen)>,
    current: Option<Passage>,
    headings: u32,
    cells: u32,
    /// Inside of code, metadata or HTML.
    silent: u32,
    /// Inside of a link whose words are its address.
    addresses: u32,
    is_item_new: bool,
}

impl Reader<'_> {
    fn look(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            Event::Text(words) if self.silent == 0 => {
                let is_prose = self.addresses == 0 && self.text.get(range.clone()) == Some(&**words);
                if is_prose {
                    self.extend(range.clone());
                    self.mask[range.clone()].copy_from_slice(&self.text.as_bytes()[range]);
                } else {
                    self.thing(range);
                }
            }
            Event::Code(_) | Event::InlineHtml(_) if self.silent == 0 => self.thing(range),
            Event::SoftBreak | Event::HardBreak if self.silent == 0 => {
                self.extend(range.clone());
                self.mask[range].fill(b' ');
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {}
            Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. } => {
                let is_address = matches!(link_type, LinkType::Autolink | LinkType::Email);
                self.addresses += u32::from(is_address);
                let words = range.start..range.start;
                self.open_links.push((is_address, LinkSeen { target: dest_url.to_string(), range, words }));
            }
            _ => {
                self.flush();
                match tag {
                    Tag::Heading { .. } => self.headings += 1,
                    Tag::TableCell => self.cells += 1,
                    Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => self.silent += 1,
                    Tag::Item => self.is_item_new = true,
                    _ => {}
                }
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {}
            TagEnd::Link | TagEnd::Image => {
                if let Some((is_address, link)) = self.open_links.pop() {
                    self.addresses -= u32::from(is_address);
                    self.links.push(link);
                }
            }
            _ => {
                self.flush();
                match tag {
                    TagEnd::Heading(_) => self.headings -= 1,
                    TagEnd::TableCell => self.cells -= 1,
                    TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => self.silent -= 1,
                    TagEnd::Item => self.is_item_new = false,
                    _ => {}
                }
            }
        }
    }

    fn thing(&mut self, range: Range<usize>) {
        self.extend(range.clone());
        self.mask[range].fill(THING as u8);
    }

    /// Adds something to the passage that is read, or begins one.
    fn extend(&mut self, range: Range<usize>) {
        for (_, link) in &mut self.open_links {
            let start = if link.words.is_empty() { range.start } else { link.words.start };
            link.words = start..range.end;
        }
        let kind = match (self.headings, self.cells, self.is_item_new) {
            (1.., ..) => Kind::Heading,
            (_, 1.., _) => Kind::Cell,
            (_, _, true) => Kind::Item,
            _ => Kind::Paragraph,
        };
        let passage = self.current.get_or_insert(Passage { kind, range: range.clone() });
        passage.range.end = passage.range.end.max(range.end);
    }

    fn flush(&mut self) {
        if let Some(passage) = self.current.take() {
            self.is_item_new = false;
            self.passages.push(passage);
        }
    }

    fn finish(mut self) -> Reading {
        self.flush();
        let mut mask = String::from_utf8(self.mask).expect("BUG: a mask keeps whole characters");
        if mask.contains('{') {
            mask = TEMPLATE
                .replace_all(&mask, |found: &Captures<'_>| THING.to_string().repeat(found[0].len()))
                .into_owned();
        }
        Reading { mask, passages: self.passages, links: self.links }
    }
}
