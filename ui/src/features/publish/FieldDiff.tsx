import type { FieldChange } from "../../ipc";
import { fieldWords } from "../../lib/fields";
import { useStored } from "../../lib/stored";
import { Diff, diffLayout } from "../../ui/Diff";
import { FieldMark } from "../../ui/FieldMark";
import { strings } from "./strings";

/** A changed text of a step. */
export function FieldDiff({ number, change: { field, lines } }: { number: number | null; change: FieldChange }) {
  const [layout] = useStored(diffLayout);
  const caption = (
    <>
      <FieldMark field={field} />
      {strings.diffOf(number, fieldWords[field].label)}
    </>
  );
  return <Diff lines={lines} layout={layout} field={field} caption={caption} />;
}
