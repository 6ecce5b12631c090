import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { classNames } from "../../lib/class-names";
import { Checkbox } from "../../ui/Checkbox";
import type { Choosable } from "./columns";
import type { Selection } from "./selection";
import { strings } from "./strings";
import styles from "./table.module.css";
import { sortedBy, type View } from "./view";

type ColumnHeadsProps = {
  columns: readonly Choosable[];
  view: View;
  onView: (view: View) => void;
  count: number;
  selection: Selection;
};

export function ColumnHeads({ columns, view, onView, count, selection }: ColumnHeadsProps) {
  const Arrow = view.isDescending ? IconArrowDown : IconArrowUp;
  const isAll = count > 0 && selection.ids.size === count;
  return (
    <div role="rowgroup" className={styles.top}>
      <div className={styles.heads} role="row">
        <div role="columnheader" className={styles.box}>
          <Checkbox
            label={strings.bulk.selectAll}
            isHidden
            isOn={isAll}
            onSwitch={(isOn) => (isOn ? selection.all() : selection.clear())}
          />
        </div>
        {(["title", ...columns] as const).map((column) => {
          const isSorted = view.sort === column && !view.isByFit;
          return (
            <div
              key={column}
              role="columnheader"
              aria-sort={isSorted ? (view.isDescending ? "descending" : "ascending") : "none"}
              className={classNames(styles.head, (column === "edited" || column === "steps") && styles.end)}
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
