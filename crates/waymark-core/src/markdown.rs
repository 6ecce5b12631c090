//! Markdown as HTML that is safe by construction.
//!
//! Every tag is made here from a Markdown event. The author's own HTML is shown as text, links lead only to the web
//! and to mail, and images are links: nothing is fetched while somebody reads a preview.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// The schemes a link may have.
const SCHEMES: [&str; 3] = ["http:", "https:", "mailto:"];

/// The HTML of a Markdown text.
pub fn to_safe_html(markdown: &str) -> String {
    let mut page = String::with_capacity(markdown.len() + markdown.len() / 2);
    let mut open = Vec::new();
    html::push_html(&mut page, Parser::new_ext(markdown, options()).map(|event| safe(event, &mut open)));
    page
}

/// What of Markdown is understood.
pub fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// What closes a link or an image that was opened.
type Closing = &'static str;

fn safe<'a>(event: Event<'a>, open: &mut Vec<Closing>) -> Event<'a> {
    match event {
        Event::Html(source) | Event::InlineHtml(source) => Event::Text(source),
        Event::Start(Tag::HtmlBlock) => Event::Html(CowStr::Borrowed("<pre class=\"markup\">")),
        Event::End(TagEnd::HtmlBlock) => Event::Html(CowStr::Borrowed("</pre>\n")),
        Event::Start(Tag::Link { dest_url, .. }) => Event::InlineHtml(start_link(&dest_url, "link", open)),
        Event::Start(Tag::Image { dest_url, .. }) => Event::InlineHtml(start_link(&dest_url, "image", open)),
        Event::End(TagEnd::Link | TagEnd::Image) => Event::InlineHtml(CowStr::Borrowed(open.pop().unwrap_or_default())),
        other => other,
    }
}

fn start_link(url: &str, class: &str, open: &mut Vec<Closing>) -> CowStr<'static> {
    // A link inside a link is no HTML: the outer one wins.
    let is_inside = open.contains(&"</a>");
    let is_web =
        SCHEMES.iter().any(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let escaped = escape(url);
    if is_web && !is_inside {
        open.push("</a>");
        let attributes = "rel=\"noopener noreferrer nofollow\" target=\"_blank\"";
        return format!("<a class=\"{class}\" href=\"{escaped}\" title=\"{escaped}\" {attributes}>").into();
    }
    open.push("</span>");
    format!("<span class=\"{class}\" title=\"{escaped}\">").into()
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            character if character.is_control() => {}
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Tags as they stand in the HTML, e.g. `a href`.
    fn tags(page: &str) -> Vec<&str> {
        page.split('<').skip(1).filter_map(|rest| rest.split('>').next()).collect()
    }

    #[test]
    fn markdown_becomes_html() {
        for (markdown, expected) in [
            ("# A *b*", "<h1>A <em>b</em></h1>\n"),
            ("a ~~b~~ `c<d`", "<p>a <del>b</del> <code>c&lt;d</code></p>\n"),
            ("```js\n<x>\n```", "<pre><code class=\"language-js\">&lt;x&gt;\n</code></pre>\n"),
            ("a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"),
            ("<script>alert(1)</script>", "<pre class=\"markup\">&lt;script&gt;alert(1)&lt;/script&gt;</pre>\n"),
            ("[a](javascript:alert(1))", "<p><span class=\"link\" title=\"javascript:alert(1)\">a</span></p>\n"),
            ("[a](./x.md)", "<p><span class=\"link\" title=\"./x.md\">a</span></p>\n"),
        ] {
            assert_eq!(to_safe_html(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn web_links_open_outside_and_images_are_links() {
        let link = to_safe_html("[a](HTTPS://example.com/?a=1&b=\"2\")");
        assert!(link.contains("href=\"HTTPS://example.com/?a=1&amp;b=&quot;2&quot;\""), "{link}");
        assert!(link.contains("rel=\"noopener noreferrer nofollow\""), "{link}");
        let image = to_safe_html("![alt *text*](https://example.com/x.png)");
        assert!(image.contains("<a class=\"image\"") && image.contains("alt <em>text</em></a>"), "{image}");
        let both = to_safe_html("[![alt](https://a.example/x.png)](https://b.example)");
        assert_eq!(both.matches("<a ").count(), 1, "{both}");
        assert!(both.contains("<span class=\"image\""), "{both}");
    }

    proptest! {
        #[test]
        fn no_markdown_yields_a_tag_or_link_that_is_not_ours(
            parts in proptest::collection::vec(prop_oneof![
                Just("<script>".to_owned()), Just("<img src=x onerror=alert(1)>".to_owned()), Just("](javascript:x)".to_owned()),
                Just("![".to_owned()), Just("[".to_owned()), Just("](data:text/html,x)".to_owned()), Just("\n\n".to_owned()),
                Just("<!-- c -->".to_owned()), Just("](https://a.b)".to_owned()), Just("\"'><".to_owned()), Just("<a href='x'>".to_owned()),
                Just("&lt;b&gt;".to_owned()), Just("<java\nscript:x>".to_owned()), Just("```\"><b>\n".to_owned()), "\\PC{0,6}",
            ], 0..16)
        ) {
            let page = to_safe_html(&parts.concat());
            let ours = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "em", "strong", "del", "code", "pre", "ul", "ol", "li", "blockquote",
                "a", "span", "table", "thead", "tbody", "tr", "th", "td", "hr", "br", "input"];
            for tag in tags(&page) {
                let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
                prop_assert!(ours.contains(&name), "{tag} in {page}");
                prop_assert!(!tag.contains(" on") && !tag.contains("src="), "{tag} in {page}");
                if let Some(href) = tag.split("href=\"").nth(1) {
                    prop_assert!(SCHEMES.iter().any(|scheme| href.to_lowercase().starts_with(scheme)), "{tag}");
                }
            }
        }
    }
}
