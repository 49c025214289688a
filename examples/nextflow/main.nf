// A parameter study under Nextflow, one job per run:
//
//   nextflow run main.nf --sweep ../sweeps/stdp-step-quick.yaml --study stdp-step-quick
//
// Nextflow schedules the rows of the plan; isocortex defines them and records which are complete.
// The directory of the study is outside Nextflow's work folders, on a file system shared by all
// nodes, so that a repeated row continues from its last checkpoint.

params.sweep = '../sweeps/stdp-step-quick.yaml'
params.study = 'stdp-step-quick'
params.isocortex = 'isocortex'

sweep = file(params.sweep).toAbsolutePath()
study = file(params.study).toAbsolutePath()

// Writes the plan, unless it exists. Its table has one row per simulation.
process plan {
    executor 'local'
    cache false

    output:
    path 'plan.csv'

    script:
    """
    ${params.isocortex} sweep '${sweep}' --out '${study}' --plan-only --quiet >plan.txt
    cp "\$(ls '${study}'/plan-*.csv | tail -n 1)" plan.csv
    """
}

// Records a run. The first run with a common past simulates it; the others wait for it.
process simulate {
    tag "row ${index}"
    memory '400 MB'
    errorStrategy 'retry'
    maxRetries 3

    input:
    val index

    output:
    val index

    script:
    """
    ${params.isocortex} sweep task '${study}' ${index} --quiet
    """
}

process collect {
    executor 'local'
    cache false

    input:
    val indices

    output:
    stdout

    script:
    """
    ${params.isocortex} sweep collect '${study}'
    """
}

workflow {
    runs = plan()
        .splitCsv(header: true)
        .filter { row -> row.kind == 'run' }
        .map { row -> row.task as int }
    simulate(runs)
    collect(simulate.out.collect())
    collect.out.view()
}
