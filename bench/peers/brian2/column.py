"""The column of isocortex at rest in Brian2, as a C++ program FOLDER/main.

Takes the network of a recorded run of isocortex, so that both simulate the same cells, synapses,
weights and delays. README.md says what differs.

    python3 column.py RUN SECONDS FOLDER [STEP_MS]
"""

import json
import struct
import sys
import zlib

import numpy as np
from brian2 import (
    BrianLogger,
    Hz,
    Network,
    NeuronGroup,
    PoissonInput,
    SpikeMonitor,
    Synapses,
    defaultclock,
    device,
    ms,
    second,
    set_device,
)

# Arrivals of one step at one cell are added one after the other; in which order matters little.
BrianLogger.suppress_hierarchy("brian2.codegen.generators.base")

EXTERNAL_GAIN = 15
CLASSES = {
    # threshold, block level above rest (mV); refractory period (ms); AHP step (mV) and time
    # constant (ms); relative refractory weight; rest (mV); external AMPA and NMDA weights (mV)
    "E": (25.0, 40.0, 5.0, 1.0, 400.0, 0.5, -65.0, 0.25, 0.05),
    "LTS": (18.0, 55.0, 1.25, 0.5, 50.0, 0.25, -65.0, 0.2, 0.025),
    "FS": (23.0, 53.0, 1.25, 0.5, 50.0, 0.25, -63.0, 0.275, 0.1),
}
CLASS_VARIABLES = (
    *("base", "block", "period_ms", "ahp_step", "ahp_tau_ms", "rise_weight", "rest"),
    *("external_ampa", "external_nmda"),
)

# Deviations from rest in mV, as plain numbers; GABA-A and AHP count positive, as in isocortex.
CELL = """
dampa/dt = -ampa / (20*ms) : 1
dnmda/dt = -nmda / (300*ms) : 1
dproximal/dt = -proximal / (10*ms) : 1
ddistal/dt = -distal / (20*ms) : 1
dahp/dt = -ahp / (ahp_tau_ms*ms) : 1
drise/dt = -rise / (1*ms) : 1 (unless refractory)
sum_mv = ampa + nmda - proximal - distal - ahp : 1
vm = clip(sum_mv, rest, -rest) : 1
magnesium = 1 / (1 + exp(-0.062 * (rest + vm)) * 1.6 / 3.57) : 1
base : 1 (constant)
block : 1 (constant)
period_ms : 1 (constant)
ahp_step : 1 (constant)
ahp_tau_ms : 1 (constant)
rise_weight : 1 (constant)
rest : 1 (constant)
external_ampa : 1 (constant)
external_nmda : 1 (constant)
"""


def columns(path, types):
    """The columns of the first block of a file of a run (docs/run-format.md)."""
    data = open(path, "rb").read()
    header = 16 * data[12]
    count, _, size = struct.unpack_from("<12xId8xI", data, header)
    raw = zlib.decompress(data[header + 44 : header + 44 + size])
    for kind in types:
        width = struct.calcsize(kind)
        planes = np.frombuffer(raw[: count * width], np.uint8).reshape(width, count)
        yield np.frombuffer(planes.T.tobytes(), "<" + {"I": "u4", "B": "u1", "d": "f8"}[kind])
        raw = raw[count * width :]


def classes_of(run):
    """E, LTS or FS, per cell."""
    populations = json.load(open(run + "/manifest.json"))["populations"]
    return np.concatenate([[one["cellClass"]] * one["cellCount"] for one in populations])


def build(run):
    classes = classes_of(run)
    group = NeuronGroup(
        len(classes),
        CELL,
        threshold="sum_mv > base + rise and sum_mv <= block",
        reset="ahp += ahp_step; rise = rise_weight * (block - base)",
        refractory="period_ms*ms",
        method="exact",
        name="cells",
    )
    for k, variable in enumerate(CLASS_VARIABLES):
        setattr(group, variable, [CLASSES[one][k] for one in classes])
    inputs = [
        PoissonInput(group, variable, 1, rate * Hz, weight=f"{EXTERNAL_GAIN} * {weight}")
        for variable, rate, weight in (
            ("proximal", 125, "0.125 * (1 + vm / 15) * int(proximal < 15)"),
            ("distal", 125, "0.125 * (1 + vm / 15) * int(distal < 15)"),
            ("ampa", 300, "external_ampa * (1 - vm / 65)"),
            ("nmda", 50, "external_nmda * magnesium * (1 - vm / 90)"),
        )
    ]
    return [group, *inputs, *synapses(run, group, classes), SpikeMonitor(group, name="spikes")]


def synapses(run, group, classes):
    sources, targets, delays, distal, fast, slow = columns(
        run + "/weights/synapses.bin", "IIdBdd"
    )
    excites = classes[sources] == "E"
    kinds = {
        "excitatory": (
            excites,
            "ampa_post = clip(ampa_post + fast * (1 - vm_post / 65), 0, inf);"
            "nmda_post = clip(nmda_post + slow * magnesium_post * (1 - vm_post / 90), 0, inf)",
        ),
        "near": (
            ~excites & (distal == 0),
            "proximal_post = clip(proximal_post + fast * (1 + vm_post / 15)"
            " * int(proximal_post < 15), 0, inf)",
        ),
        "far": (
            ~excites & (distal == 1),
            "distal_post = clip(distal_post + fast * (1 + vm_post / 15)"
            " * int(distal_post < 15), 0, inf)",
        ),
    }
    for name, (chosen, on_arrival) in kinds.items():
        made = Synapses(group, group, "fast : 1\nslow : 1", on_pre=on_arrival, name=name)
        made.connect(i=sources[chosen].astype(int), j=targets[chosen].astype(int))
        made.fast, made.slow = fast[chosen], slow[chosen]
        made.delay = delays[chosen] * ms
        yield made


def main(run, seconds, folder, step_ms="0.1"):
    set_device("cpp_standalone", directory=folder, build_on_run=False)
    defaultclock.dt = float(step_ms) * ms
    network = Network(build(run))
    network.run(int(seconds) * second)
    device.build(directory=folder, compile=True, run=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
