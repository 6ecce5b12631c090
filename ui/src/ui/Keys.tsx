import { keysOf } from "../lib/shortcut";
import styles from "./keys.module.css";

/** A shortcut, as the keys to press. */
export function Keys({ shortcut }: { shortcut: string }) {
  return (
    <span className={styles.keys} aria-hidden>
      <kbd className={styles.key}>{keysOf(shortcut).join(" ")}</kbd>
    </span>
  );
}
