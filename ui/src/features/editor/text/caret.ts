// The caret and its blinking. CodeMirror's own blinks by an animation that never ends, and for as long as one runs the web
// view composes the whole window anew at every frame: that took most of a core from a text that nobody was typing in, and
// stood between each key and its glyph. A timer draws two frames a second, and none at all once nobody has typed for as long
// as other windows let a caret blink: without a graphics card even these two took a third of a core.

import type { Extension } from "@codemirror/state";
import { drawSelection, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

/** Milliseconds for which the caret is there, and is not. */
const half = 600;
/** So often it goes and comes before it rests, where it can be seen: ten seconds, as GTK has it. */
const blinks = 8;

class Blinking {
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly view: EditorView) {
    this.#restart();
  }

  update(update: ViewUpdate): void {
    if (update.docChanged || update.selectionSet || update.focusChanged) this.#restart();
  }

  destroy(): void {
    clearInterval(this.#timer);
  }

  /** While somebody types, or moves it, the caret stays where it can be seen. */
  #restart(): void {
    clearInterval(this.#timer);
    const { dom } = this.view;
    if (dom.dataset.caret) delete dom.dataset.caret;
    if (!this.view.hasFocus || document.documentElement.dataset.motion === "reduced") return;
    let left = 2 * blinks;
    this.#timer = setInterval(() => {
      if (dom.dataset.caret) delete dom.dataset.caret;
      else dom.dataset.caret = "off";
      left -= 1;
      if (left === 0) clearInterval(this.#timer);
    }, half);
  }
}

const look = EditorView.theme({
  ".cm-cursorLayer": { animation: "none !important" },
  "&[data-caret=off] > .cm-scroller > .cm-cursorLayer": { visibility: "hidden" },
});

export const caret: Extension = [drawSelection({ cursorBlinkRate: 0 }), ViewPlugin.fromClass(Blinking), look];
