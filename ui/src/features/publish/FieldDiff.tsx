import type { CSSProperties } from "react";
import type { DiffKind, FieldChange } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { fieldColor, fieldWords } from "../../lib/fields";
import { FieldMark } from "../../ui/FieldMark";
import styles from "./diff.module.css";
import { strings } from "./strings";

const signs: Record<DiffKind, string> = { same: " ", added: "+", removed: "−", gap: "" };

/** A changed text, line by line. What changes is said by a sign and a word, not by color alone. */
export function FieldDiff({ number, change }: { number: number | null; change: FieldChange }) {
  const { field, lines } = change;
  const style = { "--mark": fieldColor(field) } as CSSProperties;
  return (
    <figure className={styles.diff} style={style}>
      <figcaption className={styles.caption}>
        <FieldMark field={field} />
        {strings.diffOf(number, fieldWords[field].label)}
      </figcaption>
      <div className={styles.lines}>
        {lines.map(({ kind, text }, index) =>
          kind === "gap" ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the text.
            <div key={index} className={styles.gap}>
              {strings.linesLeftOut}
            </div>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the text.
            <div key={index} className={classNames(styles.line, styles[kind])}>
              <span className={styles.sign} aria-hidden>
                {signs[kind]}
              </span>
              {kind !== "same" && <span className="visually-hidden">{strings[kind]}: </span>}
              <span className={styles.text}>{text}</span>
            </div>
          ),
        )}
      </div>
    </figure>
  );
}
