import { expect, test } from "vitest";
import { htmlToMarkdown } from "./html-to-markdown";

test.each([
  ["words", "<p>Only words.</p>", null],
  ["marks", "<p>A <b>bold</b> and <i>slanted</i> <code>x_y</code></p>", "A **bold** and *slanted* `x_y`"],
  ["names keep their underscores", "<p><b>Set</b> snake_case_name &amp; go</p>", "**Set** snake_case_name & go"],
  ["headings", "<h2>One</h2><p>two</p>", "## One\n\ntwo"],
  ["lists", "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "- a\n- b\n  1. c"],
  ["tasks", '<ul><li><input type="checkbox" checked> done</li></ul>', "- [x] done"],
  ["code", '<pre><code class="language-bash">ls\n</code></pre>', "```bash\nls\n```"],
  ["links", '<a href="https://a.example/x">guide</a>', "[guide](https://a.example/x)"],
  [
    "tables",
    "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>",
    "| a | b |\n| - | - |\n| 1 | 2 |",
  ],
  [
    "a word processor's bold",
    '<b id="docs-internal-guid-1" style="font-weight:normal"><p><span style="font-weight:700">Go</span> on</p></b>',
    "**Go** on",
  ],
])("pasted %s", (_name, html, expected) => {
  expect(htmlToMarkdown(html)).toBe(expected);
});

test("nothing that runs or loads comes along", () => {
  const seen: string[] = [];
  Object.assign(globalThis, { pasted: (what: string) => seen.push(what) });
  const html = `<h1 onclick="pasted('click')">Title</h1><script>pasted('script')</script>
    <img src="x" onerror="pasted('error')" alt="a picture"><a href="javascript:pasted('link')">go</a>
    <iframe src="https://a.example"></iframe><svg onload="pasted('svg')"></svg><style>p{}</style>`;
  const markdown = htmlToMarkdown(html) ?? "";
  expect(markdown).toContain("# Title");
  expect(markdown).not.toMatch(/script|pasted|iframe|svg|onerror/);
  expect(seen).toEqual([]);
});
