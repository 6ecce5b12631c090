import type { RunSummary } from "../../ipc";
import { formatNumber } from "../../lib/time";
import styles from "./agent-runs.module.css";
import { strings } from "./strings";

/** What a run came to. It has a cost only where the person has given prices. */
export function Totals({ summary: { totals, cost } }: { summary: RunSummary }) {
  const rows: [string, string][] = [
    [strings.tokensIn, formatNumber(totals.usage.input)],
    [strings.tokensOut, formatNumber(totals.usage.output)],
    [strings.answers, formatNumber(totals.replies)],
    [strings.calls, formatNumber(totals.calls)],
    [strings.time, strings.seconds(totals.millis)],
    [strings.cost, cost ? `${money(cost.micros)} ${cost.currency}` : strings.noCost],
  ];
  return (
    <section>
      <h2 className={styles.sideHeading}>{strings.totals}</h2>
      <dl className={styles.totals}>
        {rows.map(([name, value]) => (
          <div key={name} className={styles.total}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Millionths as an amount: at least two digits, and more where they say something. */
const money = (micros: number): string =>
  (micros / 1_000_000).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 6 });
