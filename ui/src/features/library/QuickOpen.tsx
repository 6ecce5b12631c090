// From everywhere to any walkthrough or step, by a few letters.

import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useMemo, useState } from "react";
import { queries } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { navigate } from "../../lib/route";
import { Dialog } from "../../ui/Dialog";
import { KindIcon } from "../../ui/KindIcon";
import { Marked } from "../../ui/Marked";
import { type Target, targets } from "./quick-open";
import styles from "./quick-open.module.css";
import { strings } from "./strings";
import { useSearch } from "./use-search";

export function QuickOpen({ onClose }: { onClose: () => void }) {
  const drafts = useQuery(queries.drafts()).data;
  const [letters, setLetters] = useState("");
  const [chosen, setChosen] = useState(0);
  const { found } = useSearch(letters.trim() && `in:title ${letters}`, 8);
  const id = useId();
  const offered = useMemo(() => targets(letters, drafts ?? [], found), [letters, drafts, found]);
  const at = Math.min(chosen, Math.max(offered.length - 1, 0));
  const move = (by: number) => setChosen((at + by + offered.length) % Math.max(offered.length, 1));
  const go = (target: Target | undefined) => {
    if (!target) return;
    onClose();
    // After the dialog has given the focus back.
    setTimeout(() => navigate(target.route));
  };
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [id, at]);
  return (
    <Dialog title={strings.quickOpen} width={640} onClose={onClose}>
      <input
        className={styles.search}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={offered.length > 0 ? `${id}-${at}` : undefined}
        aria-label={strings.quickSearch}
        placeholder={strings.quickSearch}
        autoFocus
        value={letters}
        onChange={(event) => {
          setLetters(event.target.value);
          setChosen(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") move(1);
          else if (event.key === "ArrowUp") move(-1);
          else if (event.key === "Enter") go(offered[at]);
          else return;
          event.preventDefault();
        }}
      />
      <div id={id} role="listbox" aria-label={strings.quickOpen} className={styles.list}>
        {offered.map((target, index) => (
          <div
            key={target.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            className={classNames(styles.item, index === at && styles.chosen)}
            onPointerMove={() => setChosen(index)}
            onClick={() => go(target)}
            onKeyDown={undefined}
          >
            <KindIcon kind={target.type} />
            <span className={styles.text}>
              <Marked text={target.text} marks={target.marks} />
            </span>
            {target.below && <span className={styles.below}>{target.below}</span>}
          </div>
        ))}
        {drafts && offered.length === 0 && <p className={styles.nothing}>{strings.quickNothing}</p>}
      </div>
    </Dialog>
  );
}
