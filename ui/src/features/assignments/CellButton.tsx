import type { MouseEvent } from "react";
import type { MatrixCell, MatrixRow, MatrixServer } from "../../ipc";
import { classNames } from "../../lib/class-names";
import styles from "./assignments.module.css";
import { strings } from "./strings";

type CellButtonProps = {
  row: MatrixRow;
  server: MatrixServer;
  cell: MatrixCell | undefined;
  /** Whether there is a production to differ from. */
  isCompared: boolean;
  isCurrent: boolean;
  onPress: (event: MouseEvent<HTMLElement>) => void;
  onFocus: () => void;
};

const wordsOf = (offer: MatrixCell["draft"]) =>
  offer ? strings.offered(offer.display_order, offer.is_enabled) : strings.notAssigned;

export function CellButton({ row, server, cell, isCompared, isCurrent, onPress, onFocus }: CellButtonProps) {
  const offer = cell?.draft ?? null;
  const isNews = isCompared && (cell?.is_unpublished ?? false);
  const label = strings.cell(row.title, server.name, wordsOf(offer), isNews ? wordsOf(cell?.production ?? null) : null);
  return (
    <button
      type="button"
      className={classNames(styles.cell, offer && (offer.is_enabled ? styles.offered : styles.disabled))}
      aria-label={label}
      title={label}
      tabIndex={isCurrent ? 0 : -1}
      data-cell={`${row.id} ${server.slug}`}
      onClick={onPress}
      onContextMenu={onPress}
      onFocus={onFocus}
    >
      {offer ? offer.display_order : "–"}
      {isNews && <span className={styles.news} aria-hidden />}
    </button>
  );
}
