import { IconX } from "@tabler/icons-react";
import { type KeyboardEvent, useId, useState } from "react";
import { IconButton } from "../../ui/Button";
import styles from "./details.module.css";
import { strings } from "./strings";

type TagsProps = { tags: readonly string[]; onTags: (tags: string[]) => void };

export function Tags({ tags, onTags }: TagsProps) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const add = () => {
    const tag = typed.trim();
    setTyped("");
    if (tag !== "" && !tags.includes(tag)) onTags([...tags, tag]);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter" || event.key === ",") {
      event.preventDefault();
      add();
    } else if (event.key === "Backspace" && typed === "" && tags.length > 0) {
      onTags(tags.slice(0, -1));
    }
  };
  return (
    <div>
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
          id={id}
          value={typed}
          placeholder={tags.length === 0 ? strings.tagsPlaceholder : ""}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={press}
          onBlur={add}
        />
      </div>
    </div>
  );
}
