// Two runs side by side: what was said in the same step stands in the same row.

import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { asWaymarkError, type KeptRun, type TurnRange, type WalkthroughId } from "../../ipc";
import { navigate } from "../../lib/route";
import { Button } from "../../ui/Button";
import { Failure } from "../../ui/Notice";
import styles from "./agent-runs.module.css";
import { runQueries } from "./queries";
import { strings } from "./strings";
import { Totals } from "./Totals";

type BesideProps = { id: WalkthroughId; left: string; right: string };

export function Beside({ id, left, right }: BesideProps) {
  const beside = useQuery(runQueries.beside(id, left, right));
  const back = () => navigate({ screen: "agent-runs", id, run: left });
  if (beside.error) {
    return (
      <Failure error={asWaymarkError(beside.error)} onRetry={() => void beside.refetch()}>
        <Button onClick={back}>{strings.backToRun}</Button>
      </Failure>
    );
  }
  if (!beside.data) {
    return (
      <p className={styles.quiet} role="status">
        {strings.loading}
      </p>
    );
  }
  const { left: one, right: other, rows } = beside.data;
  const sides = [one, other];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <div className={styles.scroll} role="group" aria-label={strings.besideTitle} tabIndex={0} data-pane-focus>
      <div className={styles.sideHead}>
        <h2 className={styles.subtitle}>{strings.besideTitle}</h2>
        <Button icon={IconArrowLeft} onClick={back}>
          {strings.backToRun}
        </Button>
      </div>
      <table className={styles.beside}>
        <thead>
          <tr>
            {sides.map(({ summary }) => (
              <th key={summary.id} scope="col">
                {strings.of(summary.provider, summary.model)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            {sides.map((run) => (
              <td key={run.summary.id}>
                <Verdict run={run} />
              </td>
            ))}
          </tr>
        </tbody>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows of two kept runs never change.
          <tbody key={index}>
            <tr>
              <th colSpan={2} scope="rowgroup">
                {row.title ?? strings.beforeFirst}
              </th>
            </tr>
            <tr>
              <td>{row.left ? <Said run={one} range={row.left} /> : <Missing />}</td>
              <td>{row.right ? <Said run={other} range={row.right} /> : <Missing />}</td>
            </tr>
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Verdict({ run: { summary } }: { run: KeptRun }) {
  return (
    <>
      <ul className={styles.verdict}>
        {summary.checks.map(({ check, outcome }) => (
          <li key={check} className={styles[outcome]}>
            {strings.check[check]}: {strings.outcome[outcome]}
          </li>
        ))}
      </ul>
      <Totals summary={summary} />
      {!summary.is_current && <p className={styles.older}>{strings.isOlder}</p>}
    </>
  );
}

function Said({ run, range: { from, to } }: { run: KeptRun; range: TurnRange }) {
  const turns = run.transcript.turns.filter(({ number }) => from <= number && number <= to);
  return turns.map(({ number, event }) =>
    event.kind === "tool" || event.text === "" ? null : (
      <p key={number} className={event.kind === "learner" ? styles.bubble : styles.text}>
        {event.text}
      </p>
    ),
  );
}

const Missing = () => <p className={styles.faint}>{strings.notThere}</p>;
