import { useState } from "react";
import { useOfferedActions } from "../ui/actions";
import { Dialog } from "../ui/Dialog";
import { Keys } from "../ui/Keys";
import styles from "./palette.module.css";
import { strings } from "./strings";

/** Every shortcut that works on this screen. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const [offered] = useState(useOfferedActions());
  const withKeys = offered.filter(({ shortcut, id }) => shortcut && !id.endsWith("-unshifted"));
  return (
    <Dialog title={strings.shortcuts} width={680} onClose={onClose}>
      <ul className={styles.sheet}>
        {withKeys.map(({ id, label, shortcut = "" }) => (
          <li key={id} className={styles.item}>
            {label}
            <Keys shortcut={shortcut} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
