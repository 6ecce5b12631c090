// The turns that are not the same on both sides.

import { useState } from "react";
import type { TurnDifference } from "../../ipc";
import { type Stored, stored, useStored } from "../../lib/stored";
import { Button } from "../../ui/Button";
import { Diff, type DiffLayout, isDiffLayout } from "../../ui/Diff";
import { Pill } from "../../ui/Pill";
import { Tabs } from "../../ui/Tabs";
import styles from "./comparison.module.css";
import { type Side, strings } from "./strings";

/** Two conversations are read beside each other, unless one wants otherwise. */
const layoutOfTurns: Stored<DiffLayout> = stored<DiffLayout>("turn-layout", "split", isDiffLayout);

/** More are shown when they are asked for. */
const most = 40;

type Sides = readonly [Side, Side];

export function Differences({ differences, sides }: { differences: readonly TurnDifference[]; sides: Sides }) {
  const [layout, setLayout] = useStored(layoutOfTurns);
  const [limit, setLimit] = useState(most);
  return (
    <>
      <Tabs
        label={strings.layout}
        value={layout}
        onChoose={setLayout}
        tabs={[
          { value: "split", label: strings.sideBySide },
          { value: "inline", label: strings.inline },
        ]}
      />
      <ol className={styles.turns}>
        {differences.slice(0, limit).map((difference) => (
          <Difference
            key={`${difference.before} ${difference.after}`}
            difference={difference}
            sides={sides}
            layout={layout}
          />
        ))}
      </ol>
      {differences.length > limit && (
        <Button variant="quiet" onClick={() => setLimit(differences.length)}>
          {strings.moreTurns(differences.length - limit)}
        </Button>
      )}
    </>
  );
}

type DifferenceProps = { difference: TurnDifference; sides: Sides; layout: DiffLayout };

function Difference({ difference, sides: [old, now], layout }: DifferenceProps) {
  const { before, after, step_before, step_after, lines } = difference;
  const step = step_after ?? step_before;
  return (
    <li className={styles.turn}>
      <div className={styles.row}>
        <span className={styles.number}>{strings.turn(after ?? before ?? 0)}</span>
        <h3 className={styles.step} title={step?.title}>
          {step ? step.title : (difference.action_after ?? difference.action_before)}
        </h3>
        {statesOf(difference, old, now).map((state) => (
          <Pill key={state} tone="warning">
            {state}
          </Pill>
        ))}
      </div>
      {lines.length > 0 && (
        <Diff
          lines={lines}
          layout={layout}
          caption={
            layout === "split" ? (
              <span className={styles.sides}>
                <span>{old.name}</span>
                <span>{now.name}</span>
              </span>
            ) : (
              <span>
                {old.name} → {now.name}
              </span>
            )
          }
        />
      )}
    </li>
  );
}

/** In words: what is another thing than it was. */
function statesOf({ before, after, ...turn }: TurnDifference, old: Side, now: Side): string[] {
  if (before === null) return [now.only];
  if (after === null) return [old.only];
  const { step_before, step_after, action_before, action_after } = turn;
  return [
    before === after ? "" : strings.wasTurn(before),
    step_before?.id === step_after?.id ? "" : strings.otherStep,
    step_before && step_before.id === step_after?.id && step_before.title !== step_after.title
      ? strings.wasCalled(step_before.title)
      : "",
    action_before === action_after ? "" : strings.otherAction(action_before ?? "", action_after ?? ""),
  ].filter(Boolean);
}
