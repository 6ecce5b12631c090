// To any turn: with the buttons, the slider, or Home and End.

import { IconChevronLeft, IconChevronRight, IconChevronsLeft, IconChevronsRight } from "@tabler/icons-react";
import type { CSSProperties } from "react";
import { IconButton } from "../../ui/Button";
import { useKeysFor } from "../../ui/keymap";
import styles from "./chat.module.css";
import { strings } from "./strings";
import type { Conversing } from "./use-conversation";

type JumpProps = {
  conversing: Conversing;
  /** A button went somewhere, and may be disabled there. */
  onGone: () => void;
};

export function Jump({ conversing: { at, total, turn, go }, onGone }: JumpProps) {
  const keys = {
    first: useKeysFor("first-turn"),
    previous: useKeysFor("previous-turn"),
    next: useKeysFor("next-turn"),
    last: useKeysFor("last-turn"),
  };
  const press = (to: number) => () => {
    go(to);
    onGone();
  };
  const title = turn?.step?.title ?? turn?.note ?? "";
  return (
    <div className={styles.jump} role="group" aria-label={strings.jump}>
      <IconButton
        label={strings.firstTurn}
        icon={IconChevronsLeft}
        shortcut={keys.first}
        disabled={at <= 1}
        onClick={press(1)}
      />
      <IconButton
        label={strings.previousTurn}
        icon={IconChevronLeft}
        shortcut={keys.previous}
        disabled={at <= 1}
        onClick={press(at - 1)}
      />
      <input
        type="range"
        className={styles.slider}
        min={1}
        max={total}
        style={{ "--done": `${(100 * (at - 1)) / (total - 1)}%` } as CSSProperties}
        value={at}
        aria-label={strings.jump}
        aria-valuetext={strings.sliderValue(at, total, title)}
        onChange={(event) => go(Number(event.target.value))}
      />
      <IconButton
        label={strings.nextTurn}
        icon={IconChevronRight}
        shortcut={keys.next}
        disabled={at >= total}
        onClick={press(at + 1)}
      />
      <IconButton
        label={strings.lastTurn}
        icon={IconChevronsRight}
        shortcut={keys.last}
        disabled={at >= total}
        onClick={press(total)}
      />
    </div>
  );
}
