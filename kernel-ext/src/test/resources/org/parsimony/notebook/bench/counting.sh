echo "settings: coretype=$OPENBLAS_CORETYPE threads=$OPENBLAS_NUM_THREADS omp=$OMP_NUM_THREADS mmap=$MALLOC_MMAP_THRESHOLD_ word=$1"
while read -r many; do
  [ "$many" = 9 ] && { echo "nine is too many" >&2; exit 1; }
  echo "$((2 * many))"
done
