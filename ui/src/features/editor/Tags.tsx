import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";
import { queries } from "../../ipc";
import { useGone } from "../../lib/use-gone";
import { IconButton } from "../../ui/Button";
import { Words } from "../../ui/Words";
import styles from "./details.module.css";
import { strings } from "./strings";

type TagsProps = { tags: readonly string[]; problem: string | null; onTags: (tags: string[]) => void };

/** How many tags of other walkthroughs are offered at once. */
const mostOffered = 8;

export function Tags({ tags, problem, onTags }: TagsProps) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const offered = useOffered(tags, typed);
  const isShown = isOpen && offered.length > 0;
  const add = (wanted: string) => {
    const tag = wanted.trim();
    setTyped("");
    setAt(-1);
    if (tag !== "" && !tags.includes(tag)) onTags([...tags, tag]);
  };
  const input = useRef<HTMLInputElement>(null);
  useGone(input, () => add(typed));
  const press = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      setOpen(true);
      const by = event.key === "ArrowDown" ? 1 : -1;
      setAt(Math.min(Math.max(at + by, -1), offered.length - 1));
    } else if (event.key === "Escape" && isShown) setOpen(false);
    else if (event.key === "Enter" || event.key === ",") add(offered[at] ?? typed);
    else {
      if (event.key === "Backspace" && typed === "" && tags.length > 0) onTags(tags.slice(0, -1));
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.tagField}>
      <label className={styles.label} htmlFor={id}>
        {strings.tags}
      </label>
      <div className={styles.tags}>
        {tags.map((tag) => (
          <span key={tag} className={styles.tag}>
            {tag}
            <IconButton
              label={strings.removeTag(tag)}
              icon={IconX}
              onClick={() => onTags(tags.filter((known) => known !== tag))}
            />
          </span>
        ))}
        <input
          ref={input}
          id={id}
          role="combobox"
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : `${id}-problem`}
          aria-expanded={isShown}
          aria-controls={`${id}-offered`}
          aria-autocomplete="list"
          aria-activedescendant={isShown && at >= 0 ? `${id}-${at}` : undefined}
          value={typed}
          placeholder={tags.length === 0 ? strings.tagsPlaceholder : strings.anotherTag}
          onChange={(event) => {
            setTyped(event.target.value);
            setOpen(true);
            setAt(-1);
          }}
          onKeyDown={press}
          onFocus={() => setOpen(true)}
          onBlur={() => {
            setOpen(false);
            add(typed);
          }}
        />
      </div>
      {problem !== null && (
        <p id={`${id}-problem`} className={styles.tagProblem} role="alert">
          <Words>{problem}</Words>
        </p>
      )}
      <div
        id={`${id}-offered`}
        role="listbox"
        aria-label={strings.tagsElsewhere}
        className={styles.offered}
        hidden={!isShown}
      >
        {offered.map((tag, index) => (
          <div
            key={tag}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            className={index === at ? styles.offeredAt : undefined}
            // The input keeps the focus, so that more can be typed.
            onMouseDown={(event) => {
              event.preventDefault();
              add(tag);
            }}
          >
            {tag}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Tags of other walkthroughs, the most used first. */
function useOffered(tags: readonly string[], typed: string): string[] {
  const drafts = useQuery(queries.drafts()).data;
  return useMemo(() => {
    const uses = new Map<string, number>();
    for (const tag of drafts?.flatMap((draft) => draft.tags) ?? []) uses.set(tag, (uses.get(tag) ?? 0) + 1);
    const wanted = typed.trim().toLowerCase();
    return [...uses]
      .filter(([tag]) => !tags.includes(tag) && tag.toLowerCase().includes(wanted))
      .sort(([a, times], [b, others]) => others - times || a.localeCompare(b))
      .slice(0, mostOffered)
      .map(([tag]) => tag);
  }, [drafts, tags, typed]);
}
