import type { WordingProblem } from "../../ipc";
import { Words } from "../../ui/Words";
import { strings } from "./strings";
import styles from "./wordings.module.css";

type ProblemsProps = { problems: readonly WordingProblem[]; onShow: (problem: WordingProblem) => void };

/** What is wrong, in the order of the text; each leads to its place. */
export function Problems({ problems, onShow }: ProblemsProps) {
  return (
    <div className={styles.problems}>
      <p role="status" className={styles.count}>
        {strings.problems(problems.length)}
      </p>
      <ul>
        {problems.map((problem) => {
          const { severity, line, column, message, hint } = problem;
          return (
            <li key={`${line} ${column} ${message}`}>
              <button type="button" className={styles.problem} onClick={() => onShow(problem)}>
                <span className={severity === "error" ? styles.error : styles.warning}>
                  {strings.severity[severity]}
                </span>
                <span className={styles.place}>{strings.place(line, column)}</span>
                <span>
                  <Words>{`${message} ${hint}`}</Words>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
