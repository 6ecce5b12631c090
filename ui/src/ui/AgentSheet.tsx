import type { CSSProperties } from "react";
import { memo } from "react";
import { chunks } from "../lib/chunks";
import { type FieldName, fieldColor, fieldSoftColor, fieldWords } from "../lib/fields";
import styles from "./agent-sheet.module.css";

export type AgentSegment = {
  text: string;
  /** Null for the template's own words. */
  field: FieldName | null;
};

type Goes = {
  /** Leads to where a field is written, where there is such a place. */
  onField?: ((field: FieldName) => void) | undefined;
};

/** The agent's text to the letter, on a sheet; the gutter says which field a line came from. */
export const AgentSheet = memo(function AgentSheet({ agent, onField }: { agent: readonly AgentSegment[] } & Goes) {
  return (
    <div className={styles.sheet}>
      {agent.map((segment, index) => {
        // Segments have no identity of their own: their place is what stays while the text changes.
        const key = `${segment.field ?? "template"} ${index}`;
        return <Block key={key} segment={segment} onField={onField} />;
      })}
    </div>
  );
});

function Block({ segment, onField }: { segment: AgentSegment } & Goes) {
  const { field, text } = segment;
  if (field === null) return <Lines text={text} className={styles.template} />;
  const style = { "--field": fieldColor(field), "--soft": fieldSoftColor(field) } as CSSProperties;
  return (
    <div className={styles.block} style={style} data-from={field}>
      <Lines text={text} className={styles.lines} origin={field} onField={onField} />
    </div>
  );
}

type LinesProps = { text: string; className: string | undefined; origin?: FieldName } & Goes;

/** Long texts in pieces: what is out of view costs no layout, and a keystroke touches one piece. */
function Lines({ text, className, origin, onField }: LinesProps) {
  return chunks(text).map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place.
    <Piece key={index} text={piece} className={className} {...(index === 0 && origin ? { origin, onField } : {})} />
  ));
}

/** The name of the field floats in its first line, so that no letter of the text is ever under it. */
const Piece = memo(function Piece({ text, className, origin, onField }: LinesProps) {
  return (
    <div className={className}>
      {origin &&
        (onField ? (
          <button type="button" className={styles.origin} onClick={() => onField(origin)}>
            {fieldWords[origin].lower}
          </button>
        ) : (
          <span className={styles.origin}>{fieldWords[origin].lower}</span>
        ))}
      {text}
    </div>
  );
});
