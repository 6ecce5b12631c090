// A small Markdown to HTML, only for the fake: the host renders the real one.

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);

function inline(text: string): string {
  return escapeHtml(text)
    .replace(/`([^`]+)`/g, "<code>$1</code>")
    .replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
    .replace(/\*([^*]+)\*/g, "<em>$1</em>")
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, '<a href="$2">$1</a>');
}

function block(text: string): string {
  const heading = /^(#{1,6}) (.*)$/s.exec(text);
  if (heading?.[1] && heading[2] !== undefined) {
    const [title = "", ...rest] = heading[2].split("\n");
    const below = rest.length > 0 ? block(rest.join("\n")) : "";
    return `<h${heading[1].length}>${inline(title)}</h${heading[1].length}>${below}`;
  }
  const lines = text.split("\n");
  const list = (tag: string, mark: RegExp) =>
    `<${tag}>${lines.map((line) => `<li>${inline(line.replace(mark, ""))}</li>`).join("")}</${tag}>`;
  if (lines.every((line) => /^[-*] /.test(line))) return list("ul", /^[-*] /);
  if (lines.every((line) => /^\d+\. /.test(line))) return list("ol", /^\d+\. /);
  if (lines.every((line) => line.startsWith("> "))) {
    return `<blockquote><p>${inline(lines.map((line) => line.slice(2)).join(" "))}</p></blockquote>`;
  }
  return `<p>${lines.map(inline).join("\n")}</p>`;
}

export function toHtml(text: string): string {
  return text
    .split(/(^```[^\n]*\n[\s\S]*?^```$)/m)
    .map((part) => {
      const code = /^```([^\n]*)\n([\s\S]*?)^```$/m.exec(part);
      if (code) return `<pre><code>${escapeHtml(code[2] ?? "")}</code></pre>`;
      return part
        .split(/\n{2,}/)
        .filter((paragraph) => paragraph.trim() !== "")
        .map((paragraph) => block(paragraph.trim()))
        .join("\n");
    })
    .join("\n");
}
