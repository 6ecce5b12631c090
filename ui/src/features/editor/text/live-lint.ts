// What lint finds in the step as it is typed: asked for once the keys rest, one question at a time, and shown only where the
// text is still the one that was asked about.

import type { Text } from "@codemirror/state";
import { commands, type Field, type Finding, type StepId } from "../../../ipc";
import { fields } from "../../../lib/fields";
import { listen } from "../../../lib/listen";
import type { DraftSession } from "../session";
import { fieldsOf } from "../texts";
import { typedTitle } from "../ways";

/** Milliseconds without a key, and how many times as long as the last answer took: a large text is looked at less often. */
const rest = { least: 250, most: 4_000, times: 3 };

type Found = { texts: ReadonlyMap<Field, Text>; findings: readonly Finding[] };

export class LiveLint {
  readonly #listeners = new Set<() => void>();
  #found: Found = { texts: new Map(), findings: [] };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isRunning = false;
  #isDue = false;
  #took = 0;

  constructor(
    private readonly session: DraftSession,
    private readonly step: StepId,
    private readonly docOf: (field: Field) => Text | undefined,
  ) {}

  readonly read = (): Found => this.#found;
  readonly subscribe = (listener: () => void) => listen(this.#listeners, listener);

  /** Called at each keystroke: all it does is wait anew. */
  readonly request = (): void => {
    clearTimeout(this.#timer);
    const wait = Math.min(Math.max(rest.least, this.#took * rest.times), rest.most);
    this.#timer = setTimeout(() => void this.#run(), wait);
  };

  stop(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  async #run(): Promise<void> {
    if (this.#isRunning) {
      this.#isDue = true;
      return;
    }
    const { walkthrough } = this.session.read();
    const content = walkthrough.steps.find(({ id }) => id === this.step)?.content_fields;
    if (content?.version !== "v1") return;
    this.#isRunning = true;
    const began = performance.now();
    const texts = new Map<Field, Text>();
    for (const field of fields) {
      const doc = this.docOf(field);
      if (doc) texts.set(field, doc);
    }
    try {
      const { findings } = await commands.lintStep({
        walkthrough: walkthrough.id,
        step: this.step,
        title: typedTitle(this.session, this.step),
        fields: fieldsOf((field) => this.session.text(this.step, field), content),
      });
      this.#found = { texts, findings };
      for (const listener of this.#listeners) listener();
    } catch {
      // The problems panel says what is wrong; the lines that are there stay.
    }
    this.#took = performance.now() - began;
    this.#isRunning = false;
    if (this.#isDue) {
      this.#isDue = false;
      this.request();
    }
  }
}
