#!/bin/bash
#SBATCH --job-name=gain-target-continue
#SBATCH --output=logs/%x-%j.log
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --time=01:30:00
#SBATCH --mem=1024M
#SBATCH --partition=short
#SBATCH --account=cortex
#SBATCH -m n

module load nodejs/20

# Submits missing runs again, or collects the results if all are complete.
exec /usr/bin/node '/opt/iso cortex/main.js' sweep continue '/data/Anna'\''s study' --round 1
