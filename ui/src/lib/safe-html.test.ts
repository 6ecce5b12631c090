import { expect, test } from "vitest";
import { SafeHtml } from "./safe-html";

function shown(html: string): HTMLElement {
  const place = document.createElement("div");
  new SafeHtml(place).show(html);
  return place;
}

test("nothing that runs, loads or leads away gets through", () => {
  const place = shown(`
    <p onclick="x()" style="position:fixed">text</p>
    <script>x()</script><iframe src="https://a.example"></iframe><object data="x"></object>
    <svg><a href="javascript:x()">s</a></svg><form action="/"><button>send</button></form>
    <img src="https://a.example/p.png" alt="A picture" onerror="x()">
    <a href="javascript:x()">link</a><input type="text" autofocus><style>*{}</style><math><mi>m</mi></math>`);
  expect(place.querySelector("script, iframe, object, svg, form, button, img, a, style, math")).toBeNull();
  for (const element of place.querySelectorAll("*")) {
    for (const { name } of element.attributes) expect(name).not.toMatch(/^on|^style$|^href$|^src$|^autofocus$/);
  }
  expect(place.querySelector("[data-picture]")?.textContent).toBe("A picture");
});

test("what Markdown makes stays what it is", () => {
  const place = shown(
    "<h2>T</h2><ol start='3'><li>a <strong>b</strong></li></ol><pre><code class='x'>c\n</code></pre>",
  );
  expect(place.innerHTML).toBe(
    '<h2>T</h2><ol start="3"><li>a <strong>b</strong></li></ol><pre><code class="x">c\n</code></pre>',
  );
});

test("after any edits the page is what it would be if it were shown afresh, and the rest is left alone", () => {
  const place = document.createElement("div");
  const html = new SafeHtml(place);
  const texts = [
    "",
    "<p>a</p>",
    "<p>a</p>\n<p>b</p>",
    "<p>a</p>\n<p>x</p>\n<p>b</p>",
    "x<!-- c --><p>a</p>",
    "<p>a</p><p>a</p>",
    "",
  ];
  for (const text of [...texts, ...texts.toReversed()]) {
    html.show(text);
    expect(place.innerHTML).toBe(shown(text).innerHTML);
  }
  html.show("<p>a</p><p>b</p><p>c</p>");
  const [first, , last] = place.children;
  html.show("<p>a</p><p>new</p><p>b</p><p>c</p>");
  expect(place.children[0]).toBe(first);
  expect(place.children[3]).toBe(last);
});
