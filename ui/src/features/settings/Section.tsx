import { type ReactNode, useId } from "react";
import styles from "./settings.module.css";

type SectionProps = { title: string; about?: string; children: ReactNode };

/** A part of the settings under a heading, with a word on what it is for. */
export function Section({ title, about, children }: SectionProps) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {about && <p className={styles.about}>{about}</p>}
      {children}
    </section>
  );
}
