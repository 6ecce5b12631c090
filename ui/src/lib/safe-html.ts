// HTML from the host, rebuilt from a short list of elements. The host's HTML is safe already; this is the second lock:
// nothing that is not on the list reaches the page, and no link leads anywhere by itself.

const elements = new Set(
  "a b blockquote br code del details dd div dl dt em h1 h2 h3 h4 h5 h6 hr i img input kbd li ol p pre s span strong sub summary sup table tbody td th thead tr ul".split(
    " ",
  ),
);
const attributes: Record<string, string[]> = {
  ol: ["start"],
  input: ["checked", "type"],
  td: ["align"],
  th: ["align"],
  code: ["class"],
};

/** Shows HTML in an element that nothing else writes to. Blocks that stay the same are left alone. */
export class SafeHtml {
  #shown: string[] = [];

  constructor(
    private readonly place: Element,
    /** Gives a picture as a `data:` URL, where it is one that may be shown. */
    private readonly picture: Pictures = noPictures,
  ) {}

  show(html: string): void {
    const blocks = [...new DOMParser().parseFromString(html, "text/html").body.childNodes];
    const sources = blocks.map((block) => (block instanceof Element ? block.outerHTML : (block.textContent ?? "")));
    const [start, end] = unchanged(this.#shown, sources);
    const changed = this.place.ownerDocument.createDocumentFragment();
    for (const block of blocks.slice(start, blocks.length - end))
      append(block, changed, this.place.ownerDocument, this.picture);
    const old = [...this.place.childNodes].slice(start, this.#shown.length - end);
    const next = this.place.childNodes[this.#shown.length - end] ?? null;
    for (const node of old) node.remove();
    this.place.insertBefore(changed, next);
    this.#shown = sources;
  }
}

export type Pictures = (address: string) => Promise<string | null>;
const noPictures: Pictures = async () => null;

/** What the host says of a link or a picture that leads nowhere on the web. */
function about(source: Element, copy: HTMLElement, picture: Pictures): void {
  const address = source.getAttribute("title") ?? "";
  if (source.className === "link") copy.dataset.link = "";
  if (source.className !== "image") return;
  copy.dataset.picture = "";
  copy.title = address;
  void picture(address).then((url) => {
    if (!url?.startsWith("data:image/")) return;
    const image = copy.ownerDocument.createElement("img");
    image.alt = copy.textContent ?? "";
    image.src = url;
    copy.replaceChildren(image);
    copy.dataset.picture = "shown";
  });
}

/** How many blocks at the beginning and at the end are the same in both. */
function unchanged(before: readonly string[], after: readonly string[]): [number, number] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return [start, end];
}

function append(node: Node, parent: Node, target: Document, picture: Pictures): void {
  if (node.nodeType === Node.TEXT_NODE) {
    parent.appendChild(target.createTextNode(node.textContent ?? ""));
    return;
  }
  if (node.nodeType !== Node.ELEMENT_NODE) {
    // A comment shows nothing, and keeps its place.
    parent.appendChild(target.createTextNode(""));
    return;
  }
  const source = node as Element;
  const name = source.localName;
  if (!elements.has(name)) {
    parent.appendChild(target.createTextNode(source.textContent ?? ""));
    return;
  }
  const copy = rebuilt(source, name, target, picture);
  parent.appendChild(copy);
  for (const child of source.childNodes) append(child, copy, target, picture);
}

function rebuilt(source: Element, name: string, target: Document, picture: Pictures): Element {
  // No remote file is ever loaded: a picture shows its words and its address.
  if (name === "img") {
    const words = target.createElement("span");
    words.dataset.picture = "";
    words.textContent = source.getAttribute("alt") || source.getAttribute("src") || "";
    words.title = source.getAttribute("src") ?? "";
    return words;
  }
  const copy = target.createElement(name === "a" ? "span" : name);
  if (name === "span") about(source, copy, picture);
  if (name === "a") {
    copy.dataset.link = "";
    copy.title = source.getAttribute("href") ?? "";
  }
  for (const attribute of attributes[name] ?? []) {
    const value = source.getAttribute(attribute);
    if (value !== null) copy.setAttribute(attribute, value);
  }
  if (name === "input") {
    copy.setAttribute("disabled", "");
    copy.setAttribute("type", "checkbox");
  }
  return copy;
}
