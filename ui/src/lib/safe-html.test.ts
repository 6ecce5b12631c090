import { expect, test } from "vitest";
import { safeFragment } from "./safe-html";

function shown(html: string): HTMLElement {
  const place = document.createElement("div");
  place.append(safeFragment(html, document));
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
