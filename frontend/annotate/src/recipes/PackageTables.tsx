import { useText } from "../i18n/text";
import { Table } from "../oversight/Table";
import styles from "./Recipes.module.css";
import type { PackageDetail } from "./shapes";

type Described = NonNullable<PackageDetail["description"]>;

/** The recipes of a package, as it describes them itself. */
export function PackageRecipes({ recipes: found }: { recipes: Described["recipes"] }) {
  const { recipes } = useText();
  return (
    <section className={styles.part}>
      <h3>{recipes.recipesOfIt}</h3>
      <Table label={recipes.recipesOfIt}>
        <thead>
          <tr>
            <th>{recipes.recipe}</th>
            <th>{recipes.kind}</th>
            <th>{recipes.does}</th>
          </tr>
        </thead>
        <tbody>
          {found.map(({ name, version, kind, title }) => (
            <tr key={`${name}.v${version}`}>
              <td>
                <code translate="no">{`${name}.v${version}`}</code>
              </td>
              <td>{recipes.kinds[kind] ?? kind}</td>
              <td translate="no">{title}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

/** The files that were sent, with what tells one file from another. */
export function PackageWheels({ wheels }: Pick<PackageDetail, "wheels">) {
  const { recipes, format } = useText();
  return (
    <section className={styles.part}>
      <h3>{recipes.wheels}</h3>
      <Table label={recipes.wheels}>
        <thead>
          <tr>
            <th>{recipes.file}</th>
            <th>{recipes.size}</th>
            <th>{recipes.digest}</th>
          </tr>
        </thead>
        <tbody>
          {wheels.map(({ file_name, size_bytes, sha256 }) => (
            <tr key={file_name}>
              <td className={styles.name} translate="no">
                {file_name}
              </td>
              <td className={styles.size}>{format.bytes(size_bytes)}</td>
              <td className={styles.digest} translate="no">
                {sha256}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
