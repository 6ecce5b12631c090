import type { CSSProperties } from "react";
import { memo } from "react";
import type { Field, Segment } from "../../ipc";
import { chunks } from "../../lib/chunks";
import { fieldColor, fieldSoftColor, fieldWords } from "../../lib/fields";
import { focusField } from "./FieldEditor";
import styles from "./preview.module.css";

/** The agent's text to the letter, on a sheet; the gutter says which field a line came from. */
export const AgentSheet = memo(function AgentSheet({ agent }: { agent: readonly Segment[] }) {
  return (
    <div className={styles.sheet}>
      {agent.map((segment, index) => {
        // Segments have no identity of their own: their place is what stays while the text changes.
        const key = `${segment.field ?? "template"} ${index}`;
        return <Block key={key} segment={segment} />;
      })}
    </div>
  );
});

function Block({ segment }: { segment: Segment }) {
  const { field, text } = segment;
  if (field === null) return <Lines text={text} className={styles.template} />;
  const style = { "--field": fieldColor(field), "--soft": fieldSoftColor(field) } as CSSProperties;
  return (
    <div className={styles.block} style={style} data-from={field}>
      <Lines text={text} className={styles.lines} origin={field} />
    </div>
  );
}

type LinesProps = { text: string; className: string | undefined; origin?: Field };

/** Long texts in pieces: what is out of view costs no layout, and a keystroke touches one piece. */
function Lines({ text, className, origin }: LinesProps) {
  return chunks(text).map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place.
    <Piece key={index} text={piece} className={className} {...(index === 0 && origin ? { origin } : {})} />
  ));
}

/** The name of the field floats in its first line, so that no letter of the text is ever under it. */
const Piece = memo(function Piece({ text, className, origin }: LinesProps) {
  return (
    <div className={className}>
      {origin && (
        <button type="button" className={styles.origin} onClick={() => focusField(origin)}>
          {fieldWords[origin].lower}
        </button>
      )}
      {text}
    </div>
  );
});
