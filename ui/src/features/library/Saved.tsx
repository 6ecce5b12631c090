import { hrefTo } from "../../lib/route";
import { useStored } from "../../lib/stored";
import { left } from "../../lib/unsaved";
import styles from "./library.module.css";
import { strings } from "./strings";

/** Says that everything is saved only when it is. */
export function Saved({ isReading }: { isReading: boolean }) {
  const [unsaved] = useStored(left);
  if (unsaved.length === 0) return <span role="status">{isReading ? strings.loading : strings.allSaved}</span>;
  return unsaved.map(({ id, title }) => (
    <a key={id} className={styles.unsaved} href={hrefTo({ screen: "editor", id, step: null })}>
      {strings.notSaved(title)}
    </a>
  ));
}
