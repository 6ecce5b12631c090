/** For `onPointerEnter` of a line that may be cut off: whoever rests on it sees all of it, and nothing twice where nothing is cut. */
export function showWhole({ currentTarget: line }: { currentTarget: HTMLElement }): void {
  if (line.scrollWidth > line.clientWidth) line.title = line.textContent ?? "";
  else line.removeAttribute("title");
}
