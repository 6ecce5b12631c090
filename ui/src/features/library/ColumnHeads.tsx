import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { classNames } from "../../lib/class-names";
import { strings } from "./strings";
import styles from "./table.module.css";
import { type Column, sortedBy, type View } from "./view";

const columns: Column[] = ["title", "state", "problems", "edited"];

export function ColumnHeads({ view, onView }: { view: View; onView: (view: View) => void }) {
  const Arrow = view.isDescending ? IconArrowDown : IconArrowUp;
  return (
    <div role="rowgroup" className={styles.top}>
      <div className={styles.heads} role="row">
        {columns.map((column) => {
          const isSorted = view.sort === column && !view.isByFit;
          return (
            <div
              key={column}
              role="columnheader"
              aria-sort={isSorted ? (view.isDescending ? "descending" : "ascending") : "none"}
              className={classNames(styles.head, column === "edited" && styles.end)}
            >
              <button type="button" onClick={() => onView(sortedBy(view, column))}>
                {strings.columns[column]}
                <span className={styles.arrow}>{isSorted && <Arrow size={13} stroke={2} aria-hidden />}</span>
              </button>
            </div>
          );
        })}
        <div role="columnheader">
          <span className="visually-hidden">{strings.more("…")}</span>
        </div>
      </div>
    </div>
  );
}
