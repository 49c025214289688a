import { unzlibSync } from "fflate";

/**
 * Initial contents of SONATA files: HDF5 files with those types that h5wasm can write values of,
 * but cannot create. From h5py 3.7, each zipped by `zlib.compress`:
 *
 *     file = h5py.File(path, "w", libver=("v108", "v108"))
 *     # spikes: the attribute `sorting`, by_time of the enumeration that SONATA defines
 *     kind = h5py.enum_dtype({"none": 0, "by_id": 1, "by_time": 2}, basetype="i1")
 *     file.create_group("spikes/column").attrs.create("sorting", 2, dtype=kind)
 *     # nodes: empty columns of C strings in UTF-8, which libsonata tells from those in ASCII
 *     for name in ("cell_class", "model_type", "pop_name"):
 *         column = file.require_group("nodes/column/0").create_dataset(
 *             name, (0,), h5py.string_dtype("utf-8"), maxshape=(None,), chunks=(256,))
 */
const starts = {
  spikes:
    "eNrr9HBx4+WS4mLi4GCAgf9Q8JIRwjeAin+Objrh7+ESxKQwo4U1GxlXMAkha4QBLiYGoBFsggxAiq24IDM7tfgwzBJn" +
    "BmqAmyHdOuQ7KTk/pzQ3L4yRqk6a7q7iQoaTRIUYWDDleBwYGJgZOBi0QJLF+UUlmXnpDBbMINczMAhwQGgGoIKkyvjM" +
    "FBBZkpmbypCXn5fKwMjEwASUA+KNl7baAwAeeXyv",
  nodes:
    "eNrr9HBx4+WS4mLi4GCAgf9QsIAVwjeAinvq1yX4e7gEMSkYzuLORsYVTELIGmGAi4mBkYGBTYABSLHm5aekFh+G2eHC" +
    "QBVgsKR3KTlOEgQ5iS05P6c0Ny+MEWqYM1WcFOvyypwcJ/GAnMRo8BLmGg8GqoFrJ7gCyXGSKMhJXMmpOTnxyTmJxcU1" +
    "TBDzoBK5wBjNiS+pLEjtYIZKCIMkOAryC+LzEnNTp7BAHcCP4SS9ZvHbYCcB/cwowsDAxMjIiJ7+mEUYGCWBwsD0A8YQ" +
    "BRwMrEDXMTNzAO1iZmKCKQbJghQxrGcYamDuBtuE0bAYDQtsYQEAijzBnw==",
} as const;

/** The beginning of a file, to be added to. */
export const sonataStart = (kind: keyof typeof starts): Uint8Array =>
  unzlibSync(Uint8Array.from(atob(starts[kind]), (letter) => letter.charCodeAt(0)));
