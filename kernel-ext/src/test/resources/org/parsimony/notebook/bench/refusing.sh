echo "the reference BLAS is no peer" >&2
exit 1
