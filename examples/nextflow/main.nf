// A study row by row, under Nextflow:
//
//   nextflow run main.nf --sweep ../sweeps/stdp-step-quick.yaml --study stdp-step-quick
//
// Nextflow decides where and when rows run; isocortex knows what each of them is, and which are
// complete. The study's directory is outside Nextflow's work folders, on a file system that all
// nodes see, so that a row that is run again goes on from its newest checkpoint.

params.sweep = '../sweeps/stdp-step-quick.yaml'
params.study = 'stdp-step-quick'
params.isocortex = 'isocortex'

sweep = file(params.sweep).toAbsolutePath()
study = file(params.study).toAbsolutePath()

// Writes the plan, unless it is there already. Its table has a row for each simulation.
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

// Carries out a run. The first that needs a common past makes it; the others wait for that.
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
