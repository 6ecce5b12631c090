import { type Icon, IconBook2, IconMessage2, IconTargetArrow, IconTool } from "@tabler/icons-react";
import type { CSSProperties } from "react";
import { classNames } from "../lib/class-names";
import { type FieldName, fieldColor, fieldSoftColor } from "../lib/fields";
import styles from "./field-mark.module.css";

const icons: Record<FieldName, Icon> = {
  introduction_for_agent: IconTargetArrow,
  context_for_agent: IconBook2,
  content_for_user: IconMessage2,
  operations_for_agent: IconTool,
};

type FieldMarkProps = { field: FieldName; isFilled?: boolean; isMissing?: boolean };

/** The one mark of a field. Filled means that the field has text. Its words stand beside it or in the row's label. */
export function FieldMark({ field, isFilled = true, isMissing = false }: FieldMarkProps) {
  const Mark = icons[field];
  const style = { "--mark": fieldColor(field), "--mark-soft": fieldSoftColor(field) } as CSSProperties;
  return (
    <span
      className={classNames(styles.mark, !isFilled && styles.empty, isMissing && styles.missing)}
      style={style}
      aria-hidden
    >
      <Mark size={11} stroke={2} />
    </span>
  );
}
