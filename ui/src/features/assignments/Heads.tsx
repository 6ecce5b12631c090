import { IconAlertTriangle, IconArrowDown } from "@tabler/icons-react";
import type { MatrixServer } from "../../ipc";
import styles from "./assignments.module.css";
import { strings } from "./strings";

type HeadsProps = { servers: readonly MatrixServer[]; by: string | null; onSort: (by: string | null) => void };

/** The columns' names; each sorts the rows as learners see them there. */
export function Heads({ servers, by, onSort }: HeadsProps) {
  return (
    <div role="rowgroup" className={styles.top}>
      <div role="row" aria-rowindex={1} className={styles.heads}>
        <div role="columnheader" aria-sort={by === null ? "ascending" : "none"}>
          <button type="button" title={strings.byTitle} onClick={() => onSort(null)}>
            {strings.walkthrough}
            {by === null && <IconArrowDown size={12} stroke={2} aria-hidden />}
          </button>
        </div>
        {servers.map(({ slug, name, is_known }) => (
          <div key={slug} role="columnheader" aria-sort={by === slug ? "ascending" : "none"} className={styles.head}>
            <button
              type="button"
              title={is_known ? strings.byServer(name) : strings.unknownServer}
              onClick={() => onSort(by === slug ? null : slug)}
            >
              <span className={styles.server}>{name}</span>
              {!is_known && <IconAlertTriangle size={12} stroke={2} aria-label={strings.unknownServer} />}
              {by === slug && <IconArrowDown size={12} stroke={2} aria-hidden />}
            </button>
          </div>
        ))}
      </div>
    </div>
  );
}
