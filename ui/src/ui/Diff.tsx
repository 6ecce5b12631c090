// What differs between two texts, line by line: below each other or side by side. What changes is said by a sign and a
// word, not by color alone; in an agent's text each line stands behind the mark of its field.

import { type CSSProperties, Fragment, type ReactNode } from "react";
import { classNames } from "../lib/class-names";
import { type FieldName, fieldColor, fieldWords } from "../lib/fields";
import { type Stored, stored } from "../lib/stored";
import styles from "./diff.module.css";
import { paired } from "./diff-pairs";
import { strings } from "./strings";

export type DiffLine = {
  kind: "same" | "added" | "removed" | "gap";
  text: string;
  field: FieldName | null;
  /** The words that differ, in UTF-16 units. */
  marks: readonly { from: number; to: number }[];
};
export type DiffLayout = "inline" | "split";
export type DiffView = "written" | "agent";

export const isDiffLayout = (value: unknown): value is DiffLayout => value === "inline" || value === "split";
const isView = (value: unknown): value is DiffView => value === "written" || value === "agent";
export const diffLayout: Stored<DiffLayout> = stored<DiffLayout>("diff-layout", "inline", isDiffLayout);
export const diffView: Stored<DiffView> = stored<DiffView>("diff-view", "written", isView);

const signs = { same: " ", added: "+", removed: "−" } as const;

type DiffProps = { lines: readonly DiffLine[]; layout: DiffLayout; caption: ReactNode; field?: FieldName };

export function Diff({ lines, layout, caption, field }: DiffProps) {
  const style = field ? ({ "--mark": fieldColor(field) } as CSSProperties) : undefined;
  return (
    <figure className={classNames(styles.diff, field && styles.ofField)} style={style}>
      <figcaption className={styles.caption}>{caption}</figcaption>
      {layout === "inline" ? <Inline lines={lines} /> : <Split lines={lines} />}
    </figure>
  );
}

function Inline({ lines }: { lines: readonly DiffLine[] }) {
  return (
    <div className={styles.lines}>
      {lines.map((line, index) =>
        line.kind === "gap" ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the text.
          <Gap key={index} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the text.
          <Line key={index} line={line} before={lines[index - 1]} />
        ),
      )}
    </div>
  );
}

function Split({ lines }: { lines: readonly DiffLine[] }) {
  const rows = paired(lines);
  return (
    <div className={classNames(styles.lines, styles.split)}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the text.
        <Fragment key={index}>
          {row.kind === "gap" ? (
            <Gap />
          ) : (
            <>
              <Half line={row.before} above={rows[index - 1]?.before ?? null} />
              <Half line={row.after} above={rows[index - 1]?.after ?? null} />
            </>
          )}
        </Fragment>
      ))}
    </div>
  );
}

function Half({ line, above }: { line: DiffLine | null; above: DiffLine | null }) {
  return line ? <Line line={line} before={above ?? undefined} /> : <span className={styles.empty} aria-hidden />;
}

function Gap() {
  return <div className={styles.gap}>{strings.linesLeftOut}</div>;
}

function Line({ line, before }: { line: DiffLine; before: DiffLine | undefined }) {
  const { kind, text, field, marks } = line;
  if (kind === "gap") return null;
  const style = field ? ({ "--gutter": fieldColor(field) } as CSSProperties) : undefined;
  return (
    <div className={classNames(styles.line, styles[kind], field && styles.inField)} style={style}>
      <span className={styles.sign} aria-hidden>
        {signs[kind]}
      </span>
      {kind !== "same" && <span className="visually-hidden">{strings[kind]}: </span>}
      <span className={styles.text}>
        {field && before?.field !== field && <span className={styles.origin}>{fieldWords[field].lower}</span>}
        {marks.length === 0 ? text : <Marks text={text} marks={marks} />}
      </span>
    </div>
  );
}

function Marks({ text, marks }: Pick<DiffLine, "text" | "marks">) {
  let end = 0;
  const pieces = marks.map(({ from, to }) => {
    const plain = text.slice(end, from);
    end = to;
    return (
      <Fragment key={from}>
        {plain}
        <mark className={styles.word}>{text.slice(from, to)}</mark>
      </Fragment>
    );
  });
  return (
    <>
      {pieces}
      {text.slice(end)}
    </>
  );
}
