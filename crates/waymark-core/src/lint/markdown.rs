//! What only shows once the Markdown is read: headings, fenced code, and where links lead.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag};

use crate::{
    attachment,
    lint::{Findings, LintContext, findings::Hit, rules},
    markdown,
};

/// One field's text.
pub fn check(findings: &mut Findings<'_>, context: &LintContext, text: &str) {
    if !["](", "]:", "#", "```", "~~~", "==", "--"].iter().any(|mark| text.contains(mark)) {
        return;
    }
    let mut seen = Seen::default();
    for (event, range) in Parser::new_ext(text, markdown::options()).into_offset_iter() {
        seen.look(text, context, &event, range);
    }
    let what = "opens code without a language";
    findings.add_hits(rules::BARE_FENCE, text, seen.fences, what, "Name its language, or call it `text`.");
    let what = "has a heading that skips a level";
    let jumps = jumps(text, &seen.headings);
    findings.add_hits(rules::HEADING_JUMP, text, jumps, what, "Use the next lower level.");
    seen.links.report(findings, text);
    let what = format!("links to `{}`, which production cannot serve", seen.files.first_target);
    let hint = "Put the file on the web, and give that address.";
    findings.add_hits(rules::LOCAL_FILE, text, seen.files.hits, &what, hint);
}

#[derive(Default)]
struct Seen {
    headings: Vec<(usize, Range<usize>)>,
    fences: Vec<Hit>,
    /// To nothing that is known.
    links: Targets,
    /// To files beside the walkthrough.
    files: Targets,
}

/// Links of one kind, and where the first leads.
#[derive(Default)]
struct Targets {
    hits: Vec<Hit>,
    first_target: String,
}

impl Targets {
    fn add(&mut self, target: &str, range: Range<usize>) {
        if self.hits.is_empty() {
            target.clone_into(&mut self.first_target);
        }
        self.hits.push(Hit::at(range));
    }

    fn report(self, findings: &mut Findings<'_>, text: &str) {
        let target = &self.first_target;
        let (what, hint) = if target.is_empty() {
            ("has a link that leads nowhere".to_owned(), "Give the whole address, with `https://`.")
        } else if attachment::linked_name(target).is_some() {
            let hint = "Drop the file on the text, or give the whole address, with `https://`.";
            (format!("links to the file `{target}`, which is not there"), hint)
        } else {
            (format!("has the relative link `{target}`"), "Give the whole address, with `https://`.")
        };
        findings.add_hits(rules::RELATIVE_LINK, text, self.hits, &what, hint);
    }
}

impl Seen {
    fn look(&mut self, text: &str, context: &LintContext, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => self.headings.push((*level as usize, range)),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if language.trim().is_empty() => {
                self.fences.extend(bare_fence(text, range));
            }
            Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. })
                if !matches!(link_type, LinkType::Autolink | LinkType::Email) && is_relative(dest_url) =>
            {
                let is_file = attachment::linked_name(dest_url).is_some_and(|name| context.files.contains(name));
                if is_file { &mut self.files } else { &mut self.links }.add(dest_url, range);
            }
            _ => {}
        }
    }
}

/// The opening marks, after which the language goes.
fn bare_fence(text: &str, range: Range<usize>) -> Option<Hit> {
    let fence = &text[range.clone()];
    let mark = fence.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let end = range.start + fence.len() - fence.trim_start_matches(mark).len();
    let marks = &text[range.start..end];
    Some(Hit::replaced(range.start..end, format!("{marks}text")))
}

/// The headings whose level has to change so that none skips one; siblings stay siblings.
fn jumps(text: &str, headings: &[(usize, Range<usize>)]) -> Vec<Hit> {
    // The headings above the present one: their level as written, and as it should be.
    let mut above: Vec<(usize, usize)> = Vec::new();
    let mut hits = Vec::new();
    for (level, range) in headings {
        above.retain(|(written, _)| written < level);
        let right = above.last().map_or(*level, |(_, right)| right + 1);
        above.push((*level, right));
        if right != *level {
            hits.extend(heading_hit(text, range, *level, right));
        }
    }
    hits
}

fn heading_hit(text: &str, range: &Range<usize>, level: usize, right: usize) -> Option<Hit> {
    let heading = &text[range.clone()];
    let end = range.start + heading.trim_end().len();
    let mut hit = Hit::at(range.start..end);
    if heading.starts_with(&"#".repeat(level)) {
        let marks = Hit::replaced(range.start..range.start + level, "#".repeat(right));
        hit.mend = marks.mend;
    }
    Some(hit)
}

/// Whether a link needs a file beside the text. A link to a heading of the same text does not.
fn is_relative(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    let has_scheme = scheme.is_some_and(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    });
    !has_scheme && !target.starts_with('#')
}
