// HTML from the clipboard as Markdown. It is only ever parsed, in a document that loads and runs nothing; what comes out is
// text. Loaded when something is pasted for the first time.

import type { Element, Root } from "hast";
import { fromDom } from "hast-util-from-dom";
import { defaultHandlers as fromHtml, toMdast } from "hast-util-to-mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { defaultHandlers, type Handle, toMarkdown } from "mdast-util-to-markdown";

const noise = "script, style, meta, link, title, template, noscript, iframe, object, svg, button, select, textarea";
const structure =
  "a[href], b, strong, em, i, code, pre, kbd, del, s, h1, h2, h3, h4, h5, h6, ul, ol, table, blockquote, hr, img";

/** Null where the HTML says nothing that plain text does not. */
export function htmlToMarkdown(html: string): string | null {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const element of page.querySelectorAll(noise)) element.remove();
  mend(page);
  if (!page.body.querySelector(structure)) return null;
  const tree = fromDom(page.body) as Root | Element;
  const markdown = toMarkdown(
    toMdast(tree, { handlers: { kbd: (state, node) => fromHtml.code(state, node) }, document: false }),
    {
      extensions: [gfmToMarkdown({ tablePipeAlign: true })],
      bullet: "-",
      listItemIndent: "one",
      rule: "-",
      emphasis: "*",
      handlers: { text },
    },
  );
  return (
    markdown
      .replace(/\u00a0/g, " ")
      .replace(/[ \t]+\n/g, "\n")
      .trim() || null
  );
}

/** What no reader would take for a mark need not be escaped: agents read the text as it stands. */
const text: Handle = (node, parent, state, info) =>
  defaultHandlers
    .text(node, parent, state, info)
    .replace(/(?<=[\p{L}\p{N}_])\\_(?=[\p{L}\p{N}_])/gu, "_")
    .replace(/\\&(?![\p{L}#])/gu, "&");

/** What word processors write instead of elements that mean something. */
function mend(page: Document): void {
  for (const wrapper of page.querySelectorAll("b[id^='docs-internal-guid']"))
    wrapper.replaceWith(...wrapper.childNodes);
  for (const span of page.querySelectorAll<HTMLElement>("span[style]")) {
    const { fontWeight, fontStyle } = span.style;
    if (span.textContent?.trim() === "") continue;
    if (fontWeight === "bold" || Number(fontWeight) >= 600) wrapInside(page, span, "strong");
    if (fontStyle === "italic") wrapInside(page, span, "em");
  }
  for (const link of page.querySelectorAll("a[href]")) {
    if (!/^(?:https?:|mailto:|#)/i.test(link.getAttribute("href") ?? "")) link.replaceWith(...link.childNodes);
  }
  for (const image of page.querySelectorAll("img")) {
    if (!/^https?:/i.test(image.getAttribute("src") ?? "")) image.replaceWith(image.getAttribute("alt") ?? "");
  }
}

function wrapInside(page: Document, element: HTMLElement, name: string): void {
  if (element.closest("strong, b, h1, h2, h3, h4, h5, h6") && name === "strong") return;
  const wrapper = page.createElement(name);
  wrapper.append(...element.childNodes);
  element.append(wrapper);
}
