import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { classNames } from "../lib/class-names";
import styles from "./pill.module.css";

export type Tone = "neutral" | "accent" | "warning" | "danger";

type PillProps = { tone?: Tone; icon?: Icon; title?: string | undefined; children: ReactNode };

/** A state in words; the color only repeats them. */
export function Pill({ tone = "neutral", icon: Mark, title, children }: PillProps) {
  return (
    <span className={classNames(styles.pill, styles[tone])} title={title}>
      {Mark && <Mark size={14} stroke={1.75} aria-hidden />}
      {children}
    </span>
  );
}
