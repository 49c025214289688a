import { runPython } from "./python.ts";

/** A value in an HDF5 file as h5py sees it. */
export interface Hdf5Value {
  /** NumPy's name of the type, or "text", "reference", "enum". */
  readonly type: string;
  readonly shape: readonly number[];
  /** Numbers and texts in one list; of references the paths; of an enumeration the names. */
  readonly values: readonly (number | string)[];
}

export interface Hdf5Object {
  readonly kind: "group" | "dataset";
  readonly attributes: Readonly<Record<string, Hdf5Value>>;
  /** Of datasets. */
  readonly data?: Hdf5Value;
}

const code = `
import sys, json, h5py, numpy

def value(raw, dtype, shape, file):
    flat = numpy.asarray(raw, dtype=object).ravel() if dtype.kind == "O" else numpy.asarray(raw).ravel()
    if h5py.check_ref_dtype(dtype):
        return "reference", [file[one].name for one in flat]
    if h5py.check_enum_dtype(dtype):
        names = {number: name for name, number in h5py.check_enum_dtype(dtype).items()}
        return "enum", [names[one] for one in flat.tolist()]
    if h5py.check_string_dtype(dtype):
        return "text", [one.decode() if isinstance(one, bytes) else one for one in flat]
    return dtype.name, [repr(one) if one != one or abs(one) == float("inf") else one for one in flat.tolist()]

def attribute(owner, name, file):
    of = owner.attrs.get_id(name)
    type, values = value(owner.attrs[name], of.dtype, of.shape, file)
    return {"type": type, "shape": of.shape, "values": values}

tree = {}
with h5py.File(sys.argv[1], "r") as file:
    def visit(name, object):
        attributes = {one: attribute(object, one, file) for one in object.attrs}
        entry = {"kind": "group", "attributes": attributes}
        if isinstance(object, h5py.Dataset):
            type, values = value(object[()], object.dtype, object.shape, file)
            entry["kind"] = "dataset"
            entry["data"] = {"type": type, "shape": object.shape, "values": values}
        tree[name] = entry
        for one in object if isinstance(object, h5py.Group) else []:
            visit((name if name != "/" else "") + "/" + one, object[one])
    visit("/", file["/"])
print(json.dumps(tree))
`;

/** Everything in an HDF5 file, by path, read by h5py. Numbers are exact. */
export function hdf5Tree(python: string, path: string): Record<string, Hdf5Object> {
  return JSON.parse(runPython(python, code, path));
}

/** How texts are stored, as HDF5 itself names it. */
export interface Hdf5TextType {
  /** Of a dataset the path, of an attribute the path of its owner, "@", and its name. */
  readonly of: string;
  readonly isVariable: boolean;
  readonly padding: "NULLTERM" | "NULLPAD" | "SPACEPAD";
  readonly characters: "ASCII" | "UTF8";
}

const textTypesCode = `
import sys, json, h5py
from h5py import h5t

paddings = {h5t.STR_NULLTERM: "NULLTERM", h5t.STR_NULLPAD: "NULLPAD", h5t.STR_SPACEPAD: "SPACEPAD"}
characters = {h5t.CSET_ASCII: "ASCII", h5t.CSET_UTF8: "UTF8"}
found = []

def add(of, type):
    if type.get_class() != h5t.STRING: return
    found.append({"of": of, "isVariable": bool(type.is_variable_str()),
                  "padding": paddings[type.get_strpad()], "characters": characters[type.get_cset()]})

with h5py.File(sys.argv[1], "r") as file:
    def visit(name, object):
        if isinstance(object, h5py.Dataset): add(name, object.id.get_type())
        for one in object.attrs: add(name + "@" + one, object.attrs.get_id(one).get_type())
        for one in object if isinstance(object, h5py.Group) else []:
            visit((name if name != "/" else "") + "/" + one, object[one])
    visit("/", file["/"])
print(json.dumps(found))
`;

/** The types of all texts in an HDF5 file, of datasets and attributes. */
export function hdf5TextTypes(python: string, path: string): Hdf5TextType[] {
  return JSON.parse(runPython(python, textTypesCode, path));
}
