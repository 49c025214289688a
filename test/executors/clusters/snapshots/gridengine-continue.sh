#!/bin/bash
#$ -N gain-target-continue
#$ -S /bin/bash
#$ -cwd
#$ -o logs
#$ -j y
#$ -r y
#$ -l s_rt=5340,h_rt=5400
#$ -l mem_free=1024M
#$ -q short
#$ -P cortex
#$ -m n

module load nodejs/20

# Submits missing runs again, or collects the results if all are complete.
exec /usr/bin/node '/opt/iso cortex/main.js' sweep continue '/data/Anna'\''s study' --round 1
