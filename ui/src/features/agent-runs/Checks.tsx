// What was checked, and the turns where a check does not hold.

import { IconCheck, IconMinus, IconX } from "@tabler/icons-react";
import type { RunSummary } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { Words } from "../../ui/Words";
import styles from "./agent-runs.module.css";
import { strings } from "./strings";
import { placeOf } from "./TurnView";

const marks = { passed: IconCheck, failed: IconX, does_not_apply: IconMinus };

export function Checks({ summary, isBusy }: { summary: RunSummary; isBusy: boolean }) {
  return (
    <section aria-labelledby="run-checks">
      <h2 id="run-checks" className={styles.sideHeading}>
        {strings.checks}
      </h2>
      {isBusy ? (
        <p className={styles.faint}>{strings.checksLater}</p>
      ) : (
        <ul className={styles.checks}>
          {summary.checks.map(({ check, outcome, sentence, places }) => {
            const Mark = marks[outcome];
            return (
              <li key={check} className={classNames(styles.check, styles[outcome])}>
                <Mark size={16} stroke={2} aria-hidden />
                <div>
                  <p className={styles.checkTitle}>
                    {strings.check[check]}
                    <span className="visually-hidden">: {strings.outcome[outcome]}</span>
                  </p>
                  <p className={styles.faint}>
                    <Words>{places[0]?.sentence ?? sentence}</Words>
                  </p>
                  {places.map(({ turn, sentence: what }, index) => (
                    <p key={`${turn} ${what}`} className={styles.faint}>
                      {index > 0 && <Words>{what}</Words>}{" "}
                      <button type="button" className={styles.jump} onClick={() => goTo(turn)}>
                        {strings.toTurn(turn)}
                      </button>
                    </p>
                  ))}
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function goTo(turn: number): void {
  const place = document.getElementById(placeOf(turn));
  place?.scrollIntoView({ block: "start" });
  place?.focus({ preventScroll: true });
}
