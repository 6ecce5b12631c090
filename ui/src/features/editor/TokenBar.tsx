import type { Segment, TokenCount } from "../../ipc";
import { fieldColor, fields, fieldWords } from "../../lib/fields";
import { type LivePreview, useCalmPreview } from "./live-preview";
import styles from "./preview.module.css";
import { strings } from "./strings";

/** How much each field costs the agent, in the order in which the agent reads them. */
export function TokenBar({ preview }: { preview: LivePreview | null }) {
  const { shown } = useCalmPreview(preview);
  return shown && <Bar tokens={shown.tokens} agent={shown.agent} />;
}

function Bar({ tokens, agent }: { tokens: TokenCount; agent: readonly Segment[] }) {
  const order = fields.toSorted((a, b) => placeOf(agent, a) - placeOf(agent, b));
  const parts = order.flatMap((field) => {
    const count = tokens.fields.find((counted) => counted.field === field)?.tokens ?? 0;
    return count > 0 ? [{ key: field as string, count, color: fieldColor(field), name: fieldWords[field].lower }] : [];
  });
  parts.push({ key: "template", count: tokens.template, color: "var(--line-strong)", name: strings.template });
  const counts = parts.map(({ name, count }) => `${name} ${strings.number(count)}`).join(", ");
  const words = strings.countedBy(counts, tokens.encoding);
  return (
    <div className={styles.tokens} title={words}>
      <span className={styles.bars} aria-hidden>
        {parts.map(({ key, count, color }) => (
          <span key={key} style={{ flexGrow: count, background: color }} />
        ))}
      </span>
      <span className={styles.total}>
        {strings.tokens(tokens.total)}
        <span className="visually-hidden">: {words}</span>
      </span>
    </div>
  );
}

function placeOf(agent: readonly Segment[], field: Segment["field"]): number {
  const index = agent.findIndex((segment) => segment.field === field);
  return index < 0 ? agent.length : index;
}
