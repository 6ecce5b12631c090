// When what is typed is saved: after a pause, and without one before long.

/** Milliseconds. A second is promised, and the write itself takes some of it. */
export const saveAfter = { pause: 400, typing: 600 };

export class Pace {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #typingSince: number | null = null;

  constructor(
    private readonly save: () => void,
    private readonly now: () => number,
  ) {}

  /** Something was typed; `isWhole` if it is worth saving by itself. */
  typed(isWhole: boolean): void {
    this.#typingSince ??= this.now();
    clearTimeout(this.#timer);
    const wait = isWhole ? 0 : Math.min(saveAfter.pause, this.#typingSince + saveAfter.typing - this.now());
    this.#timer = setTimeout(this.save, Math.max(wait, 0));
  }

  /** It is being saved. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#typingSince = null;
  }
}
