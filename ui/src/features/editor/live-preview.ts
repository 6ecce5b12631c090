// The preview of what is typed: at most one request per frame, one at a time, and the latest text wins.

import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import {
  asWaymarkError,
  commands,
  events,
  type Field,
  type StepId,
  type StepPreview,
  type WaymarkError,
} from "../../ipc";
import { listen } from "../../lib/listen";
import { useStored } from "../../lib/stored";
import { previewTab } from "./editor";
import type { DraftSession } from "./session";
import { fieldsOf } from "./texts";
import { typedTitle } from "./ways";

/** The glyph that was typed is painted first. */
function afterPaint(run: () => void): void {
  requestAnimationFrame(() => setTimeout(run));
}

/** Milliseconds: an answer that takes longer is not asked for at every key; and how long the keys have to rest at most. */
const heavy = 30;
const restMax = 800;
/** Milliseconds: who has not typed for so long looks up, and the counts follow. */
const pause = 250;

export type Preview = { shown: StepPreview | null; error: WaymarkError | null };

/** Parts of the screen subscribe by themselves, so that a keystroke redraws what it changes and nothing else. */
export class LivePreview {
  readonly #listeners = new Set<() => void>();
  #state: Preview;
  #isDue = false;
  #isRunning = false;
  /** Milliseconds that the last answer took, and what waits for the keys to rest. */
  #took = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #typedAt = Number.NEGATIVE_INFINITY;
  /** How many were typed and are not painted yet. */
  #glyphs = 0;
  /** What was shown when the keys last rested. */
  #calm: Preview;
  readonly #calmListeners = new Set<() => void>();
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly session: DraftSession,
    private readonly step: StepId,
    /** What is shown until the first answer, so that nothing jumps. */
    before: StepPreview | null,
  ) {
    this.#state = { shown: before, error: null };
    this.#calm = this.#state;
  }

  readonly read = () => this.#state;
  readonly subscribe = (listener: () => void) => listen(this.#listeners, listener);
  readonly readCalm = () => this.#calm;
  readonly subscribeCalm = (listener: () => void) => listen(this.#calmListeners, listener);

  /** A key was typed. */
  readonly typed = (): void => {
    this.#typedAt = performance.now();
    this.#glyphs += 1;
    afterPaint(() => {
      this.#glyphs -= 1;
    });
    this.request();
  };

  readonly request = (): void => {
    if (this.#took > heavy) {
      // So large a text is previewed when the keys rest: until then nothing stands between a key and its glyph.
      clearTimeout(this.#rest);
      this.#rest = setTimeout(() => this.#start(), Math.min(2 * this.#took, restMax));
    } else this.#start();
  };

  #start(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    if (this.#isRunning) return;
    (this.#glyphs > 0 ? afterPaint : setTimeout)(() => void this.#run());
  }

  async #run(): Promise<void> {
    this.#isDue = false;
    const { walkthrough } = this.session.read();
    const known = walkthrough.steps.find(({ id }) => id === this.step);
    if (!known) return;
    this.#isRunning = true;
    const began = performance.now();
    try {
      const content = known.content_fields;
      const fields =
        content.version === "v1" ? fieldsOf((field) => this.session.text(this.step, field), content) : null;
      const title = typedTitle(this.session, this.step);
      const typed = { walkthrough: walkthrough.id, step: this.step, title, fields };
      // The user's HTML is as large as everything else, and not asked for where nobody sees it.
      const shown = await commands.previewStep({ typed, with_user: previewTab.read() === "user" });
      this.#answered(began, { shown, error: null });
    } catch (thrown) {
      this.#answered(began, { ...this.#state, error: asWaymarkError(thrown) });
    }
    this.#isRunning = false;
    if (this.#isDue) setTimeout(() => void this.#run());
  }

  #answered(began: number, state: Preview): void {
    this.#took = performance.now() - began;
    // The answer has a picture of its own. Where two parts of the screen change in one, the engine lays out and draws all of it.
    if (this.#glyphs > 0) afterPaint(() => this.#set(state));
    else this.#set(state);
  }

  #set(state: Preview): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
    clearTimeout(this.#pause);
    if (this.#isTyping) this.#pause = setTimeout(this.#settle, this.#typedAt + pause - performance.now());
    else this.#settle();
  }

  readonly #settle = (): void => {
    this.#calm = this.#state;
    for (const listener of this.#calmListeners) listener();
  };

  get #isTyping(): boolean {
    return performance.now() < this.#typedAt + pause;
  }
}

/** The preview of a step, for as long as it is shown. */
export function useLivePreview(session: DraftSession, step: StepId | null): LivePreview | null {
  const [live, setLive] = useState<LivePreview | null>(null);
  const latest = useRef<LivePreview | null>(null);
  useEffect(() => {
    if (step === null) {
      setLive(null);
      return;
    }
    const preview = new LivePreview(session, step, latest.current?.read().shown ?? null);
    latest.current = preview;
    setLive(preview);
    // What was typed here is previewed already when it is saved.
    let seen = session.read().adopted;
    const changed = () => {
      if (seen === session.read().adopted) return;
      seen = session.read().adopted;
      preview.request();
    };
    const reworded = events.changed(({ what }) => {
      if (what === "wording") preview.request();
    });
    const stops = [session.onTyped(preview.typed), session.subscribe(changed), reworded];
    preview.request();
    return () => {
      for (const stop of stops) stop();
    };
  }, [session, step]);
  const [tab] = useStored(previewTab);
  useEffect(() => {
    if (tab === "user" && live?.read().shown?.user_html === null) live.request();
  }, [live, tab]);
  return live;
}

const nothing: Preview = { shown: null, error: null };
const never = () => () => undefined;
const readNothing = () => nothing;

export function usePreview(live: LivePreview | null): Preview {
  return useSyncExternalStore(live?.subscribe ?? never, live?.read ?? readNothing);
}

/** What was shown when the keys last rested: for counts, which nobody reads between two letters. */
export function useCalmPreview(live: LivePreview | null): Preview {
  return useSyncExternalStore(live?.subscribeCalm ?? never, live?.readCalm ?? readNothing);
}

/** The tokens of one field when the keys last rested; undefined until they are counted. */
export function useTokens(live: LivePreview | null, step: StepId, field: Field): number | undefined {
  return useSyncExternalStore(live?.subscribeCalm ?? never, () => {
    const { shown } = live?.readCalm() ?? nothing;
    return shown?.step === step ? shown.tokens.fields.find((counted) => counted.field === field)?.tokens : undefined;
  });
}
