"""What clerks do: one public function is one transaction and one act."""
