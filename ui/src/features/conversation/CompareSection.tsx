// The way to what production serves now, beside the draft.

import { IconArrowsDiff, IconPlugConnected } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { queries } from "../../ipc";
import { navigate } from "../../lib/route";
import { Button } from "../../ui/Button";
import type { Beside } from "./beside";
import styles from "./side.module.css";
import { strings } from "./strings";

type CompareSectionProps = { beside: Beside | null; onBeside: (beside: Beside | null) => void };

export function CompareSection({ beside, onBeside }: CompareSectionProps) {
  const connections = useQuery(queries.connections()).data;
  return (
    <section aria-labelledby="production">
      <h2 id="production" className={styles.heading}>
        {strings.production}
      </h2>
      {connections?.length === 0 ? (
        <>
          <p className={styles.faint}>{strings.noConnection}</p>
          <div className={styles.choices}>
            <Button
              className={styles.choice}
              icon={IconPlugConnected}
              onClick={() => navigate({ screen: "connections" })}
            >
              {strings.connect}
            </Button>
          </div>
        </>
      ) : (
        <div className={styles.choices}>
          {connections?.map(({ id, name }) => (
            <Button
              key={id}
              className={styles.choice}
              icon={IconArrowsDiff}
              aria-pressed={beside?.what === "compare" && beside.connection === id}
              onClick={() => onBeside({ what: "compare", connection: id })}
            >
              {strings.compareWith(name)}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}
