import type { ReactNode } from "react";
import styles from "./marked.module.css";

export type Stretch = { from: number; to: number };

/** A text with what was found in it standing out. Marks are in order and apart from each other. */
export function Marked({ text, marks }: { text: string; marks: readonly Stretch[] }) {
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const { from, to } of marks) {
    pieces.push(text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>);
    at = to;
  }
  return (
    <span className={styles.marked}>
      {pieces}
      {text.slice(at)}
    </span>
  );
}
